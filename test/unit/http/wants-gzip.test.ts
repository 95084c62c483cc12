import { describe, expect, it } from "vitest";
import { wantsGzip } from "../../../src/http/wants-gzip.ts";

describe("wantsGzip()", () => {
  it.each([
    { acceptEncoding: null, want: false },
    { acceptEncoding: "", want: false },
    { acceptEncoding: "identity", want: false },
    { acceptEncoding: "br, deflate", want: false },
    { acceptEncoding: "gzip;q=0", want: false },
    { acceptEncoding: "gzip;q=0.000, *", want: false },
    { acceptEncoding: "*;q=0", want: false },
    { acceptEncoding: "gzip;q=0.5, identity", want: false },
    { acceptEncoding: "gzip;q=2", want: false },
    { acceptEncoding: "gzip", want: true },
    { acceptEncoding: "GZip ; Q=0.001", want: true },
    { acceptEncoding: "x-gzip", want: true },
    { acceptEncoding: "gzip, deflate, br, zstd", want: true },
    { acceptEncoding: "br;q=1, *;q=0.1", want: true },
    { acceptEncoding: "identity;q=0.5, gzip;q=0.5", want: true },
    { acceptEncoding: "identity;q=0, gzip", want: true },
  ])("is $want for $acceptEncoding", ({ acceptEncoding, want }) => {
    expect(wantsGzip(acceptEncoding)).toBe(want);
  });
});

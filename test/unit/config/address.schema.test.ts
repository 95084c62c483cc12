import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addressMembers, isAddressAllowed, WRONG_ADDRESS } from "../../../src/config/address.schema.ts";

describe("isAddressAllowed()", () => {
  it.each([
    { urlFrom: "https://hooks.example/x", allowPrivate: false, want: true },
    { urlFrom: "http://hooks.example/x", allowPrivate: true, want: false },
    { urlFrom: "http://127.0.0.1:8000/x", allowPrivate: true, want: true },
    { urlFrom: "http://[::1]:8000/x", allowPrivate: true, want: true },
    { urlFrom: "http://127.0.0.1:8000/x", allowPrivate: false, want: false },
    { urlFrom: "http://localhost/x", allowPrivate: true, want: false },
    { urlFrom: "ftp://127.0.0.1/x", allowPrivate: true, want: false },
    { urlFrom: "no address", allowPrivate: true, want: false },
  ])("says $want of $urlFrom, private ones allowed: $allowPrivate", ({ want, ...address }) => {
    expect(isAddressAllowed(address)).toBe(want);
  });
});

describe("addressMembers()", () => {
  const schema = z.object(addressMembers({ URL: "http://hooks.example/x" }));

  it("reads the address behind the name of its setting", () => {
    expect(schema.parse({ urlFrom: "URL" })).toEqual({ urlFrom: "http://hooks.example/x", allowPrivate: false });
  });

  it("never repeats the address where it is refused", () => {
    const refused = schema.refine(isAddressAllowed, WRONG_ADDRESS).safeParse({ urlFrom: "URL" });

    expect(refused.error?.issues).toMatchObject([{ path: ["urlFrom"] }]);
    expect(JSON.stringify(refused.error?.issues)).not.toContain("hooks.example");
  });
});

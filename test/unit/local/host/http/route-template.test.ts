import { describe, expect, it } from "vitest";
import { matchRoute, parseRouteTemplate } from "../../../../../local/host/http/route-template.ts";

describe("matchRoute()", () => {
  it.each([
    { template: "v1/history", path: "/v1/history", want: {} },
    { template: "v1/history", path: "/V1/History/", want: {} },
    { template: "v1/history", path: "/v1/histories", want: undefined },
    { template: "v1/history", path: "/v1/history/x", want: undefined },
    { template: "/v1//history/", path: "/v1/history", want: {} },
    { template: "v1/deadlines.ics", path: "/v1/deadlinesxics", want: undefined },
    { template: "c/{Key}", path: "/C/aB", want: { Key: "aB" } },
    { template: "c/{key}", path: "/c", want: undefined },
    { template: "c/{key}", path: "/c/", want: undefined },
    { template: "c/{key}", path: "/c/a%20b%2Fc", want: { key: "a b%2Fc" } },
    { template: "c/{key}", path: "/c/%E0%A4%A", want: { key: "%E0%A4%A" } },
    { template: "c/{key}/reset", path: "/c/1/reset", want: { key: "1" } },
    { template: "c/{key?}", path: "/c", want: {} },
    { template: "c/{key?}", path: "/c/1", want: { key: "1" } },
    { template: "d/{*asset}", path: "/d", want: {} },
    { template: "d/{*asset}", path: "/d/a/b.js", want: { asset: "a/b.js" } },
    { template: "d/{**asset}", path: "/d/a/b.js", want: { asset: "a/b.js" } },
    { template: "", path: "/", want: {} },
    { template: "n/{n:int}", path: "/n/-12", want: { n: "-12" } },
    { template: "n/{n:int}", path: "/n/1.5", want: undefined },
    { template: "n/{n:int}", path: "/n/2147483648", want: undefined },
    { template: "n/{n:int?}", path: "/n", want: {} },
    { template: "n/{n:int?}", path: "/n/x", want: undefined },
    { template: "n/{n:long}", path: "/n/2147483648", want: { n: "2147483648" } },
    { template: "n/{n:range(1,9)}", path: "/n/9", want: { n: "9" } },
    { template: "n/{n:range(1,9)}", path: "/n/10", want: undefined },
    { template: "n/{n:min(2):max(3)}", path: "/n/4", want: undefined },
    { template: "n/{n:min(-2)}", path: "/n/-2", want: { n: "-2" } },
    { template: "n/{n:length(3)}", path: "/n/abcd", want: undefined },
    { template: "n/{n:length(3,4)}", path: "/n/abcd", want: { n: "abcd" } },
    { template: "n/{n:minlength(2):alpha}", path: "/n/ab", want: { n: "ab" } },
    { template: "n/{n:maxlength(2)}", path: "/n/abc", want: undefined },
    { template: "n/{n:bool}", path: "/n/TRUE", want: { n: "TRUE" } },
    {
      template: "n/{n:guid}",
      path: "/n/0B50C0A1-7d0a-4f0e-9a3e-0123456789ab",
      want: { n: "0B50C0A1-7d0a-4f0e-9a3e-0123456789ab" },
    },
    { template: "n/{n:guid}", path: "/n/0B50C0A1", want: undefined },
  ])("answers $want for $path on $template", ({ template, path, want }) => {
    const found = matchRoute(parseRouteTemplate(template), path);

    expect(found).toEqual(want);
  });
});

describe("parseRouteTemplate()", () => {
  it.each([
    { template: "a/{b", because: "a brace is open" },
    { template: "a/{b?}/c", because: "an optional parameter is not the last" },
    { template: "a/{*b}/c", because: "a catch-all is not the last" },
    { template: "a/x-{b}", because: "text and a parameter share a segment" },
    { template: "a/{b=1}", because: "a default is given" },
    { template: "a/{b:datetime}", because: "the constraint is unknown" },
    { template: "{a}/{A}", because: "a parameter stands twice" },
  ])("refuses $template because $because", ({ template }) => {
    expect(() => parseRouteTemplate(template)).toThrow(RangeError);
  });
});

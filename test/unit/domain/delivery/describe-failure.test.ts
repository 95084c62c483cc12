import { describe, expect, it } from "vitest";
import { describeFailure } from "../../../../src/domain/delivery/describe-failure.ts";
import { OUTCOMES } from "../../../fakes/fake-notifier.ts";

/** What the notifiers of the channels say, by the table that holds them all. */
const SAID = Object.values(OUTCOMES).flatMap((outcome) => ("reason" in outcome ? outcome.reason : []));

/** What is said besides: by the drain, by what posts, and by credentials. */
const RARE = [
  "send-timeout",
  "dns",
  "tls",
  "target-refused",
  "target-gone",
  "token-unavailable",
  "notifier-threw",
  "notifier-not-loaded",
];

/** What is not a reason of ours. */
const FOREIGN = [
  "",
  "toString",
  "http-",
  "http-5033",
  "group-http-503",
  "https://receiver.example/?sig=secret",
  "http-503 secret",
];

describe("describeFailure()", () => {
  it.each([
    { code: "http-503", want: "its receiver answers 503" },
    { code: "http-410", want: "its receiver answers 410" },
    { code: "http-redirect", want: "its receiver redirects" },
    { code: "timeout", want: "its receiver does not answer" },
    { code: "token-refused", want: "its credential is refused" },
  ])("says of $code: $want", ({ code, want }) => {
    expect(describeFailure(code)).toBe(want);
  });

  it.each([...SAID, ...RARE])("has words for %s, short enough for a first line", (code) => {
    expect(describeFailure(code)).toMatch(/^\w[\w ]{4,32}$/);
  });

  it.each(FOREIGN)("says nothing of what is no code of ours: %j", (code) => {
    expect(describeFailure(code)).toBeUndefined();
  });
});

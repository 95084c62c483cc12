import { describe, expect, it } from "vitest";
import { sayNextPoll } from "../../../../dashboard/model/say-next-poll.ts";
import { hoursAgo, NOW } from "../builders.ts";

describe("sayNextPoll()", () => {
  it.each([
    { name: "how far it is away", observedDateTime: hoursAgo(0.1), said: "from the next poll on, due in 9 minutes" },
    { name: "now when it is late", observedDateTime: hoursAgo(2), said: "from the next poll on, due now" },
  ])("says $name", ({ observedDateTime, said }) => {
    expect(sayNextPoll({ observedDateTime, period: "PT15M" }, NOW)).toBe(said);
  });

  it("names no time before the first poll", () => {
    expect(sayNextPoll(undefined, NOW)).toBe("from the next poll on");
  });
});

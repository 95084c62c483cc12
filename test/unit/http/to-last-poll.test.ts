import { expect, it } from "vitest";
import { toLastPoll } from "../../../src/http/to-last-poll.ts";
import { aHead } from "../../contract/storage/storage-builders.ts";

it("toLastPoll() says when the poll was, how often it comes, and how each source ended", () => {
  expect(toLastPoll(aHead())).toEqual({
    slotDateTime: "2026-11-22T04:00:00Z",
    observedDateTime: "2026-11-22T04:00:02Z",
    period: "PT15M",
    sources: { connectorStatus: "read" },
  });
});

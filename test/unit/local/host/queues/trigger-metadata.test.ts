import { describe, expect, it } from "vitest";
import { toTriggerMetadata } from "../../../../../local/host/queues/trigger-metadata.ts";

const PROPERTIES = {
  messageId: "id-1",
  popReceipt: "receipt-1",
  dequeueCount: 2,
  insertedOn: new Date("2026-11-22T10:00:00Z"),
  expiresOn: new Date("2026-11-29T10:00:00Z"),
  nextVisibleOn: new Date("2026-11-22T10:10:00Z"),
};

describe("toTriggerMetadata()", () => {
  it.each(["plain text", "[1,2]", "{broken}", "12", ""])("tells what storage knows about the message '%s'", (body) => {
    const metadata = toTriggerMetadata(body, PROPERTIES);

    expect(metadata).toEqual({
      QueueTrigger: { string: body },
      DequeueCount: { json: "2" },
      ExpirationTime: { json: '"2026-11-29T10:00:00.000Z"' },
      Id: { string: "id-1" },
      InsertionTime: { json: '"2026-11-22T10:00:00.000Z"' },
      NextVisibleTime: { json: '"2026-11-22T10:10:00.000Z"' },
      PopReceipt: { string: "receipt-1" },
    });
  });

  it("lets members of a JSON object hide the host's, in any case, under the host's spelling", () => {
    const body =
      '{"id":"mine","DEQUEUECOUNT":9,"slotMs":5,"flag":true,"off":false,"part":{"a":1},"list":[1],"none":null}';

    const metadata = toTriggerMetadata(body, PROPERTIES);

    expect(metadata).toMatchObject({
      Id: { string: "mine" },
      DequeueCount: { string: "9" },
      slotMs: { string: "5" },
      flag: { string: "True" },
      off: { string: "False" },
      part: { json: '{"a":1}' },
    });
    expect(metadata).not.toHaveProperty("list");
    expect(metadata).not.toHaveProperty("none");
  });

  it("knows only the text of a message that was made up", () => {
    const metadata = toTriggerMetadata("made up");

    expect(metadata).toEqual({ QueueTrigger: { string: "made up" } });
  });
});

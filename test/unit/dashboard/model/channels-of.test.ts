import { describe, expect, it } from "vitest";
import { channelsOf } from "../../../../dashboard/model/channels-of.ts";
import { aConnection, anAlert } from "../builders.ts";

describe("channelsOf()", () => {
  it("lists each channel once by name: those that were told, and those that are watched", () => {
    const told = ["teams", "ops"].map((channel) => ({ channel, severity: "error", slotDateTime: "x" }) as const);
    const watched = aConnection({
      reading: {
        kind: "channel",
        connectionId: "channel:pager",
        displayName: "pager",
        failures: 6,
        isOpen: true,
        problems: [],
      },
    });

    const channels = channelsOf([aConnection({ alerts: [anAlert({ told }), anAlert({ told })] }), watched]);

    expect(channels).toEqual([
      { name: "ops", watched: undefined },
      { name: "pager", watched },
      { name: "teams", watched: undefined },
    ]);
  });
});

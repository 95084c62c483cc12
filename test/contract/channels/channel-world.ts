import type { ChannelDeps } from "../../../src/adapters/channels/channel-deps.ts";
import { SLOT_MS } from "../../builders/a-notification.ts";
import { createFakeTelemetry, type FakeTelemetry } from "../../fakes/fake-telemetry.ts";

/** Makes what channels work with: no name can be looked up, and the clock stands still. */
export function aChannelWorld(
  overrides: Partial<ChannelDeps> = {},
): ChannelDeps & { readonly telemetry: FakeTelemetry } {
  return {
    clock: { nowMs: () => SLOT_MS },
    linksOf: () => ({ portalUrl: "https://intune.example/" }),
    resolve: async (hostname) => {
      if (hostname !== "127.0.0.1") throw new Error(`Cannot resolve ${hostname}`);
      return [{ address: hostname, family: 4 }];
    },
    ...overrides,
    telemetry: createFakeTelemetry(),
  };
}

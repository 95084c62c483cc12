import { z } from "zod";
import { addressMembers, isAddressAllowed, WRONG_ADDRESS } from "./address.schema.ts";
import { channelName } from "./channel.schema.ts";
import type { Environment } from "./environment.ts";
import { overridesSchema, rulesSchema } from "./rules.schema.ts";
import type { RuleSettings } from "./tenant-rules.ts";

/** Who is told at every poll that the monitor is alive. */
export interface DeadManSwitchConfig {
  readonly url: string;
  readonly allowPrivate: boolean;
}

/** How the monitor watches itself. */
export interface FleetConfig extends RuleSettings {
  /** Names of the channels that are told; all of them when absent. */
  readonly channels?: readonly string[];
}

/** Makes the schema of how the monitor watches itself. */
export function fleetSchema(): z.ZodType<FleetConfig> {
  return z.strictObject({
    channels: z
      .array(channelName(), "a list of channel names")
      .min(1, "a list of at least one channel name")
      .exactOptional()
      .describe("Names of the channels that are told when the monitor itself is in trouble, at most 10. Default: all."),
    rules: rulesSchema.prefault({}),
    overrides: overridesSchema.prefault([]),
  });
}

/** Makes the schema of the dead-man's switch, which looks up its address in the given app settings. */
export function deadManSwitchSchema(env: Environment): z.ZodType<DeadManSwitchConfig> {
  return z
    .strictObject(addressMembers(env))
    .refine(isAddressAllowed, WRONG_ADDRESS)
    .transform(({ urlFrom: url, allowPrivate }) => ({ url, allowPrivate }));
}

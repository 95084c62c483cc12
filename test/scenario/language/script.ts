import type { Scenario } from "../../../local/scenarios/scenario.schema.ts";
import type { TenantPolicy } from "../../../src/domain/poll/tenant-policy.ts";
import type { ClockFault, Deed, SendFailure, StorageFault, Stretch, TenantFault, Want } from "./draft.ts";

/** A notification that must come, on the channel and in the time that the script names. */
export interface ScriptWant extends Omit<Want, "tenant"> {
  readonly channel: string;
  /** @default any tenant */
  readonly tenantId?: string | undefined;
}

/** The configuration of one tenant from a time on, in ms since the start. */
export interface PolicyPhase {
  readonly fromMs: number;
  readonly policy: TenantPolicy;
}

/** A scenario of the language, read and checked: what happens, and what must be told. */
export interface Script {
  /** Stands before line numbers in errors. */
  readonly name: string;
  /** The first line of its opening comment. */
  readonly title: string;
  /** The rest of that comment. */
  readonly prose: string;
  /** As written. */
  readonly text: string;
  /** What the simulated tenants show; its times count from `zeroMs`. */
  readonly scenario: Scenario;
  /** Epoch ms of time 0. */
  readonly zeroMs: number;
  readonly periodMs: number;
  /** By tenant, and for the fleet, oldest first; the first begins before time. */
  readonly phases: ReadonlyMap<string, readonly PolicyPhase[]>;
  readonly stops: readonly Stretch[];
  readonly sendFailures: readonly SendFailure[];
  readonly clockFaults: readonly ClockFault[];
  readonly storageFaults: readonly StorageFault[];
  readonly tenantFaults: readonly TenantFault[];
  readonly deeds: readonly Deed[];
  readonly wants: readonly ScriptWant[];
  readonly untilMs: number;
}

import type { PlannedFault, ScenarioInput } from "../../../local/scenarios/scenario.schema.ts";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import type { NotificationKind } from "../../../src/domain/delivery/notification.ts";
import type { ChannelRoute, TenantPolicy } from "../../../src/domain/poll/tenant-policy.ts";
import type { RuleId, Severity } from "../../../src/domain/rules/rule.ts";
import { formatDuration } from "../../../src/domain/units.ts";
import { StatementError } from "./script-error.ts";
import type { WorldActions } from "./world-actions.ts";

/** A span of virtual time: half-open, in ms since the start. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A channel that does not take what it is sent for a while. */
export interface SendFailure extends Stretch {
  readonly channel: string;
  readonly outcome: AttemptOutcome;
}

/** Our clock is wrong for a while: ahead of Graph's, or behind it when negative. */
export interface ClockFault extends Stretch {
  readonly aheadMs: number;
}

/** Tables fail for a while: every write, or a share of all calls from 0 to 1, of which half have had their effect. */
export interface StorageFault extends Stretch {
  readonly kind: "read-only" | { readonly failingRatio: number };
}

/** A tenant whose polls do not run for a while, or which leaves the configuration for good. */
export interface TenantFault extends Stretch {
  readonly tenantId: string;
  readonly kind: "hangs" | "has-left";
}

/** What the configuration says from some time on; `line` is where the script says so. */
export interface PolicyChange {
  readonly line: number;
  readonly atMs: number;
  readonly change: (policy: TenantPolicy) => TenantPolicy;
}

/** One notification that must come; both ends of its stretch are inclusive. */
export interface Want extends Stretch {
  readonly line: number;
  readonly kind: NotificationKind;
  readonly ruleId: RuleId;
  readonly severity: Severity;
  readonly connection: string;
  /** Why it was sent, or for `resolved` why it ended. */
  readonly because?: string | undefined;
  /** @default the only channel there is */
  readonly channel?: string | undefined;
  readonly tenant?: string | undefined;
}

/** What somebody does at a time. */
export interface Deed {
  readonly line: number;
  readonly atMs: number;
  readonly tenantId: string;
  /** Does it at an instant of epoch ms; returns what was expected when it cannot be done. */
  readonly act: (actions: WorldActions, nowMs: number) => Promise<string | undefined>;
}

type SimulatedConnection = NonNullable<ScenarioInput["tenants"][number]["connections"]>[number];

/** A connection with what happens to it, in the order of the script. */
export interface DraftConnection {
  /** What the script calls it. */
  readonly name: string;
  readonly row: Omit<SimulatedConnection, "timeline">;
  readonly events: { readonly atMs: number; readonly event: object }[];
}

/** A tenant with its connections. */
export interface DraftTenant {
  readonly id: string;
  readonly name: string;
  readonly licensed: boolean;
  readonly connections: DraftConnection[];
  readonly faults: PlannedFault[];
}

/** A scenario while its statements are read, one after the other. */
export interface Draft {
  /** Of the statement that is being read. */
  line: number;
  zeroMs: number;
  periodMs: number;
  untilMs: number | undefined;
  /** When each thing that happens, or holds from some time on, begins. */
  readonly begins: { readonly line: number; readonly atMs: number }[];
  readonly tenants: DraftTenant[];
  readonly changes: PolicyChange[];
  readonly stops: Stretch[];
  readonly sendFailures: SendFailure[];
  readonly clockFaults: ClockFault[];
  readonly storageFaults: StorageFault[];
  readonly tenantFaults: TenantFault[];
  readonly deeds: Deed[];
  readonly wants: Want[];
}

/** Midnight of a Sunday, UTC: the start, where the script does not say otherwise. */
export const DEFAULT_ZERO_MS = Date.UTC(2026, 10, 1);

/** Starts a scenario in which there is nothing yet. */
export function emptyDraft(): Draft {
  return {
    line: 0,
    zeroMs: DEFAULT_ZERO_MS,
    periodMs: 15 * 60_000,
    untilMs: undefined,
    begins: [],
    tenants: [],
    changes: [],
    stops: [],
    sendFailures: [],
    clockFaults: [],
    storageFaults: [],
    tenantFaults: [],
    deeds: [],
    wants: [],
  };
}

/** Returns the tenant that is being described: the last one, or Contoso where none was named. */
export function currentTenant(draft: Draft): DraftTenant {
  return draft.tenants.at(-1) ?? addTenant(draft, "Contoso");
}

/**
 * Adds a tenant.
 *
 * @throws {StatementError} When there is one of that name.
 */
export function addTenant(draft: Draft, name: string): DraftTenant {
  if (draft.tenants.some((tenant) => tenant.name === name)) throw new StatementError(`each tenant once, found ${name}`);
  const id = `00000000-0000-4000-8000-0000000000${(0xa1 + draft.tenants.length).toString(16)}`;
  const tenant = { id, name, licensed: true, connections: [], faults: [] };
  draft.tenants.push(tenant);
  return tenant;
}

/**
 * Adds a connection to the tenant that is being described.
 *
 * @throws {StatementError} When there is one of that name in any tenant: events could not say which they mean.
 */
export function addConnection(draft: Draft, name: string, row: DraftConnection["row"]): DraftConnection {
  if (connectionsOf(draft).some((known) => known.name === name)) {
    throw new StatementError(`each connection once, found ${name}`);
  }
  const connection = { name, row, events: [] };
  currentTenant(draft).connections.push(connection);
  return connection;
}

/** Returns an id that no other connection of the scenario has. */
export function nextId(draft: Draft): string {
  return `00000000-0000-4000-8000-00000000${(0x1001 + connectionsOf(draft).length).toString(16)}`;
}

/**
 * Adds what happens to a connection.
 *
 * @param kinds The kinds of connection to which it can happen; a connector may be one "that expires".
 * @throws {StatementError} When the script has no such connection, or it is of another kind.
 */
export function addEvent(
  draft: Draft,
  happening: { readonly connection: string; readonly time: number; readonly kinds: RegExp },
  event: object,
): void {
  const { connection: name, time: atMs, kinds } = happening;
  const connection = connectionsOf(draft).find((known) => known.name === name);
  if (connection === undefined) {
    const names = connectionsOf(draft).map((known) => known.name);
    throw new StatementError(`a connection of this scenario (${names.join(", ")}), found ${name}`);
  }
  const kind = "expires" in connection.row ? `${connection.row.kind} that expires` : connection.row.kind;
  if (!kinds.test(kind)) {
    throw new StatementError(`a connection to which this can happen, found ${name}, a ${kind}`);
  }
  connection.events.push({ atMs, event: { at: toIsoSpan(atMs), ...event } });
}

/** Adds what somebody does, or what befalls the tenant that is being described. */
export function addDeed(draft: Draft, atMs: number, act: Deed["act"]): void {
  draft.deeds.push({ line: draft.line, atMs, tenantId: currentTenant(draft).id, act });
}

/**
 * Returns a tenant by its name.
 *
 * @throws {StatementError} When the script has none of that name.
 */
export function tenantNamed({ tenants }: Draft, name: string): DraftTenant {
  const tenant = tenants.find((known) => known.name === name);
  if (tenant === undefined) throw new StatementError(`a tenant of this scenario, found ${name}`);
  return tenant;
}

/** Writes a time since the start as the simulated tenants take it. */
export function toIsoSpan(spanMs: number): string {
  return spanMs < 0 ? `-${formatDuration(-spanMs)}` : formatDuration(spanMs);
}

/** Adds what the configuration says from a time on. */
export function addChange(draft: Draft, atMs: number | undefined, change: PolicyChange["change"]): void {
  draft.changes.push({ line: draft.line, atMs: atMs ?? 0, change });
}

/** Says which channels hear of severities that fall, and of nothing outside an episode. */
export function keepsIncidents(type: string): boolean {
  return type === "webhook" || type === "pagerduty";
}

/** The one channel of a scenario that names none. */
export const DEFAULT_CHANNEL: ChannelRoute = { name: "ops", minSeverity: "info", keepsIncidents: false };

function connectionsOf({ tenants }: Draft): readonly DraftConnection[] {
  return tenants.flatMap(({ connections }) => connections);
}

import { defineScenario } from "../../../local/scenarios/load-scenario.ts";
import type { ScenarioInput } from "../../../local/scenarios/scenario.schema.ts";
import { FLEET } from "../../../src/domain/poll/fleet.ts";
import { checkPolicy } from "../../../src/domain/rules/resolve-settings.ts";
import { aPolicy } from "../../builders/a-policy.ts";
import { DEFAULT_CHANNEL, type Draft, type DraftTenant, type PolicyChange } from "./draft.ts";
import type { PolicyPhase, Script, ScriptWant } from "./script.ts";
import { ScriptError } from "./script-error.ts";
import { formatSpan } from "./span.ts";

const THE_FLEET = { id: FLEET, name: "All tenants" };

type SimulatedInput = ScenarioInput["tenants"][number];

/** The text of a scenario and what its opening comment says. */
export type ScriptText = Pick<Script, "text" | "title" | "prose">;

/**
 * Makes a whole of what the statements said, one by one.
 *
 * @throws {ScriptError} When they do not fit together.
 */
export function buildScript(draft: Draft, opening: ScriptText, name: string): Script {
  const { zeroMs, periodMs, stops, sendFailures, clockFaults, storageFaults, tenantFaults, deeds, untilMs } = draft;
  if (opening.title === "") throw new ScriptError(`${name} line 1: expected a comment that says what happens`);
  if (draft.tenants.length === 0) throw new ScriptError(`${name}: expected a partner, a connector or a tenant`);
  if (untilMs === undefined) {
    const line = opening.text.split("\n").length + 1;
    throw new ScriptError(
      `${name} line ${line}: expected a want, at least "want nothing else until <time>" at the end`,
    );
  }
  const scenario = defineScenario({ name: "script", title: opening.title, tenants: draft.tenants.map(toSimulated) });
  const phases = new Map([...draft.tenants, THE_FLEET].map((tenant) => [tenant.id, phasesOf(draft, tenant, name)]));
  const channels = [...phases.values()].flat().flatMap(({ policy }) => policy.channels.map((route) => route.name));
  const wants = draft.wants.map((want) => checkWant(want, { draft, channels: new Set(channels), untilMs, name }));
  return {
    ...opening,
    name,
    scenario,
    zeroMs,
    periodMs,
    phases,
    stops,
    sendFailures,
    clockFaults,
    storageFaults,
    tenantFaults,
    deeds,
    wants,
    untilMs,
  };
}

function toSimulated({ id, name, licensed, connections, faults }: DraftTenant): SimulatedInput {
  const rows: readonly object[] = connections.map(({ row, events }) => {
    const timeline = events.toSorted((a, b) => a.atMs - b.atMs).map(({ event }) => event);
    return { ...row, timeline };
  });
  // `defineScenario` checks every member and refuses what a kind of connection does not have.
  const checkedLater = rows as NonNullable<SimulatedInput["connections"]>;
  return { id, name: `${name} (simulated)`, licensed, faults, connections: checkedLater };
}

function phasesOf(draft: Draft, tenant: Pick<DraftTenant, "id" | "name">, name: string): readonly PolicyPhase[] {
  const { periodMs } = draft;
  const changes = draft.changes.toSorted((a, b) => a.atMs - b.atMs);
  const isDefault = !changes.some(({ atMs, change }) => atMs <= 0 && namesChannel(change));
  const channels = isDefault ? [DEFAULT_CHANNEL] : [];
  let policy = aPolicy({ tenantId: tenant.id, tenantName: tenant.name, periodMs, channels });
  const phases: PolicyPhase[] = [{ fromMs: Number.NEGATIVE_INFINITY, policy }];
  for (const { atMs, change, line } of changes) {
    policy = change(policy);
    const problem = checkPolicy(policy.rules)[0];
    if (problem !== undefined) throw new ScriptError(`${name} line ${line}: expected ${problem.expected}`);
    phases.push({ fromMs: atMs, policy });
  }
  return phases;
}

/** Says whether a change adds a channel: then the one that stands in for none is not wanted. */
function namesChannel(change: PolicyChange["change"]): boolean {
  return change(aPolicy({ channels: [] })).channels.length > 0;
}

interface WantContext {
  readonly draft: Draft;
  readonly channels: ReadonlySet<string>;
  readonly untilMs: number;
  readonly name: string;
}

function checkWant({ tenant, ...want }: Draft["wants"][number], context: WantContext): ScriptWant {
  const { draft, channels, untilMs, name } = context;
  const fail = (expected: string) => new ScriptError(`${name} line ${want.line}: expected ${expected}`);
  const channel = want.channel ?? (channels.size === 1 ? [...channels][0] : undefined);
  if (channel === undefined || !channels.has(channel)) throw fail(`"on" and one of ${[...channels].join(", ")}`);
  const tenantId = draft.tenants.find((known) => known.name === tenant)?.id;
  if (tenant !== undefined && tenantId === undefined) throw fail(`a tenant of this scenario, found ${tenant}`);
  if (want.toMs > untilMs) throw fail(behindEnd(untilMs, want.toMs));
  return { ...want, channel, tenantId };
}

/** Says what was expected instead of a time behind the end. */
export function behindEnd(untilMs: number, foundMs: number): string {
  return `a time up to ${formatSpan(untilMs)}, the end, found ${formatSpan(foundMs)}, which lies behind it`;
}

import { durationMs } from "../../../local/scenarios/duration.ts";
import { loadScenario, ScenarioError } from "../../../local/scenarios/load-scenario.ts";
import type { Connection } from "../../../local/scenarios/scenario.schema.ts";
import { CONNECTOR_NAMES, connectorType } from "../../../src/domain/connections/connector-catalogue.ts";
import { addConnection, addTenant, currentTenant, type Draft, nextId, toIsoSpan } from "./draft.ts";
import { StatementError } from "./script-error.ts";
import { type Statement, statement } from "./statement.ts";

/** What there is at the start. */
export const WORLD_STATEMENTS: readonly Statement[] = [
  statement("every <period:span>", "How often each tenant is polled. Default: 15min.", (draft, { period }) => {
    draft.periodMs = period;
  }),
  statement(
    "starts on <date>",
    "The date of time 0, at 00:00 UTC. Default: 2026-11-01, a Sunday.",
    (draft, { date }) => {
      draft.zeroMs = date;
    },
  ),
  statement(
    "tenant <name:text>",
    "A tenant; the connections below it are its own. Default: Contoso.",
    (draft, { name }) => {
      addTenant(draft, name);
    },
  ),
  statement(
    "simulated <scenario:text>",
    "The tenants of `local/scenarios/<scenario>.json`, as `npm start -- --scenario <scenario>` shows them.",
    (draft, { scenario }) => addSimulated(draft, scenario),
  ),
  statement(
    "partner <name:text> <type:partnerType> [<state:partnerState>] [beats every <span>]",
    "A compliance or device management partner. Default: enabled, and never heard of.",
    (draft, { name, type, state, span }) => {
      const row = { kind: `${type}-management-partner` as const, id: nextId(draft), name, state: state ?? "enabled" };
      beatFromStart(addConnection(draft, name, row), span);
    },
  ),
  statement(
    "connector <name:text> [beats every <span>] [expires at <time>]",
    "A connector, by its name in messages or by its connectorName; it either expires or beats, which is to say syncs.",
    (draft, { name, span, time }) => {
      if (span !== undefined && time !== undefined)
        throw new StatementError("a connector that beats or expires, found both");
      const expires = time === undefined ? {} : { expires: toIsoSpan(time) };
      const row = { kind: "connector" as const, connectorName: connectorNameOf(name), ...expires };
      beatFromStart(addConnection(draft, name, row), span);
    },
  ),
];

function connectorNameOf(name: string): string {
  return CONNECTOR_NAMES.find((known) => connectorType(known)?.displayName === name) ?? name;
}

function beatFromStart(connection: ReturnType<typeof addConnection>, everyMs: number | undefined): void {
  if (everyMs === undefined) return;
  const event = { at: toIsoSpan(-everyMs), do: "beat", every: toIsoSpan(everyMs) };
  connection.events.push({ atMs: -everyMs, event });
}

function addSimulated(draft: Draft, name: string): void {
  for (const { name: tenantName, licensed, faults, connections } of tenantsOf(name)) {
    addTenant(draft, tenantName.replace(" (simulated)", ""));
    const tenant = { ...currentTenant(draft), licensed };
    draft.tenants.splice(-1, 1, tenant);
    tenant.faults.push(...faults);
    for (const connection of connections) addSimulatedConnection(draft, connection);
  }
}

function addSimulatedConnection(draft: Draft, { timeline, ...row }: Connection): void {
  const name =
    row.kind === "connector" ? (connectorType(row.connectorName)?.displayName ?? row.connectorName) : row.name;
  const { events } = addConnection(draft, name, row);
  events.push(...timeline.map((event) => ({ atMs: durationMs(event.at), event })));
}

function tenantsOf(name: string): ReturnType<typeof loadScenario>["tenants"] {
  try {
    return loadScenario(name).tenants;
  } catch (error) {
    if (error instanceof ScenarioError) throw new StatementError(`a scenario that exists; ${error.message}`);
    throw error;
  }
}

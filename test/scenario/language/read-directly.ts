import type { Fault } from "../../../local/graph/fault.schema.ts";
import { wireRows } from "../../../local/graph/to-wire.ts";
import { faultAt, stateAt, tenantOf } from "../../../local/scenarios/state-at.ts";
import type { SourceId, SourceRead } from "../../../src/domain/connections/source.ts";
import type { SourceRequest } from "../../../src/ports/partner-source.ts";
import type { Script } from "./script.ts";

/** What the Graph adapter makes of a fault; held equal to it by playing scenarios both ways. */
const OUTCOMES: Readonly<Partial<Record<Fault["kind"], (sourceId: SourceId) => SourceRead>>> = {
  "token-expired": (sourceId) => ({ sourceId, outcome: "unreadable", reason: "unauthorized" }),
  forbidden: (sourceId) => ({ sourceId, outcome: "unreadable", reason: "forbidden" }),
  throttled: (sourceId) => ({ sourceId, outcome: "unreadable", reason: "throttled" }),
  "server-error": (sourceId) => ({ sourceId, outcome: "unreadable", reason: "unavailable" }),
  html: (sourceId) => ({ sourceId, outcome: "unreadable", reason: "malformed" }),
  body: (sourceId) => ({ sourceId, outcome: "read", rows: [] }),
  unlicensed: (sourceId) => ({ sourceId, outcome: "not-available", reason: "unlicensed" }),
  "not-found": (sourceId) => ({ sourceId, outcome: "not-available", reason: "not-found" }),
  "not-supported": (sourceId) => ({ sourceId, outcome: "not-available", reason: "not-supported" }),
};

/**
 * Reads the simulated tenants of a script without a request: their rows as Graph writes them, or what the adapter makes of
 * a fault.
 *
 * @throws {RangeError} When a fault needs the real adapter to say what it means.
 */
export function readDirectly(
  { scenario, zeroMs, clockFaults }: Pick<Script, "scenario" | "zeroMs" | "clockFaults">,
  { tenantId, sources }: Pick<SourceRequest, "tenantId" | "sources">,
  nowMs: number,
): readonly SourceRead[] {
  const tenant = tenantOf(scenario, tenantId);
  const elapsedMs = nowMs - zeroMs;
  const state = stateAt(scenario, tenantId, elapsedMs);
  const clock = clockFaults.find(({ fromMs, toMs }) => fromMs <= elapsedMs && elapsedMs < toMs);
  const clockSkewMs = clock === undefined ? 0 : -clock.aheadMs;
  return sources.map((sourceId): SourceRead => {
    const fault = faultAt(tenant, sourceId, elapsedMs)?.fault;
    if (fault !== undefined) return outcomeOf(fault)(sourceId);
    if (!tenant.licensed) return { sourceId, outcome: "not-available", reason: "unlicensed" };
    const version = sourceId === "connectorStatus" ? "beta" : "v1.0";
    return { sourceId, outcome: "read", rows: wireRows(state, sourceId, { version, zeroMs }), clockSkewMs };
  });
}

function outcomeOf({ kind }: Fault): (sourceId: SourceId) => SourceRead {
  const outcome = OUTCOMES[kind];
  if (outcome === undefined)
    throw new RangeError(`Cannot read directly: a fault of the language is wanted, current value is ${kind}`);
  return outcome;
}

import { createTokenProvider } from "../../../src/adapters/credentials/create-token-provider.ts";
import { chooseCloud } from "../../../src/adapters/graph/clouds.ts";
import type { GraphPartnerSourceOptions } from "../../../src/adapters/graph/graph-partner-source.ts";
import { createGraphPartnerSource } from "../../../src/adapters/graph/graph-partner-source.ts";
import type { PartnerSource } from "../../../src/ports/partner-source.ts";
import type { DependencyCall, Telemetry } from "../../../src/ports/telemetry.ts";

/** The simulated tenant of the scenario `healthy`. */
export const TENANT_ID = "00000000-0000-4000-8000-0000000000a1";

/** The time at which the README of graph-samples evaluates the constructed rows. */
export const ZERO_MS = Date.UTC(2026, 6, 23, 17, 0, 0);

/** A clock that only sleeping moves. */
function aSteppedClock() {
  let nowMs = ZERO_MS;
  const delaysMs: number[] = [];
  return {
    clock: { nowMs: () => nowMs },
    delaysMs,
    sleep: async (delayMs: number): Promise<void> => {
      delaysMs.push(delayMs);
      nowMs += delayMs;
    },
  };
}

/** The real adapter with real development tokens against the Graph at this address, whose waits take no time. */
export function anAdapter(graphRoot: string, overrides: Partial<GraphPartnerSourceOptions> = {}) {
  const { clock, delaysMs, sleep } = aSteppedClock();
  const records: unknown[] = [];
  const calls: DependencyCall[] = [];
  const telemetry: Telemetry = {
    event: (...args) => records.push(args),
    dependency: (call) => calls.push(call),
    exception: (...args) => records.push(args),
    metric: (...args) => records.push(args),
  };
  const source: PartnerSource = createGraphPartnerSource({
    graphRoot,
    tokenFor: (tenantId) =>
      createTokenProvider({ kind: "development-token" }, { ...chooseCloud("global", graphRoot), tenantId }),
    telemetry,
    clock,
    random: () => 0,
    sleep,
    ...overrides,
  });
  return { source, delaysMs, calls, records };
}

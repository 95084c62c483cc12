import { type SimulatedGraph, startSimulatedGraph } from "../../../local/graph/start-simulated-graph.ts";
import { developmentToken } from "../../../local/graph/tokens.ts";
import { createGraphPartnerSource } from "../../../src/adapters/graph/graph-partner-source.ts";
import { createFakeTelemetry } from "../../fakes/fake-telemetry.ts";
import type { PlayOptions } from "./play-script.ts";
import type { Script } from "./script.ts";

/** A simulated Graph that shows the tenants of a script, and the way in which the program reads it. */
export interface HttpWorld {
  readonly graph: SimulatedGraph;
  readonly read: NonNullable<PlayOptions["read"]>;
}

/** Starts a simulated Graph for a script; whoever starts it stops it. */
export async function startHttpWorld({ scenario, zeroMs }: Pick<Script, "scenario" | "zeroMs">): Promise<HttpWorld> {
  let now = zeroMs;
  const clock = { nowMs: () => now };
  const graph = await startSimulatedGraph({ scenario, zeroMs, nowMs: clock.nowMs });
  const source = createGraphPartnerSource({
    graphRoot: graph.url,
    tokenFor: (tenantId) => ({
      getToken: async () => ({ kind: "token", token: developmentToken({ tenantId, audience: graph.url }) }),
    }),
    telemetry: createFakeTelemetry(),
    clock,
    random: () => 0,
    sleep: () => Promise.resolve(),
  });
  const read = (request: Parameters<HttpWorld["read"]>[0], nowMs: number) => {
    now = nowMs;
    return source.read(request);
  };
  return { graph, read };
}

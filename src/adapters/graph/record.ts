import { defined } from "../../domain/defined.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Telemetry } from "../../ports/telemetry.ts";
import type { GraphMiddleware } from "./graph-call.ts";

/** What a record of a call says beside its outcome. */
export interface RecordOptions {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly operation: string;
  readonly tenantId: string;
}

/** Records each attempt by hand, since nothing instruments global fetch; no address, id or text of Graph is part of it. */
export function record({ telemetry, clock, operation, tenantId }: RecordOptions): GraphMiddleware {
  return (next) => async (call) => {
    const startedAtMs = clock.nowMs();
    const outcome = await next(call);
    telemetry.dependency({
      dependency: "graph",
      operation,
      target: tenantId,
      success: outcome.kind === "page",
      durationMs: clock.nowMs() - startedAtMs,
      ...defined({ status: outcome.status, reason: outcome.kind === "failed" ? outcome.reason : undefined }),
    });
    return outcome;
  };
}

import { type OrderSilenceDeps, orderSilence } from "../app/order-silence.ts";
import type { MaintenanceWindow } from "../domain/suppression/maintenance-window.ts";
import { MAX_SILENCE_MS, type Silence } from "../domain/suppression/silence.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration, MINUTE_MS } from "../domain/units.ts";
import { toDateTime } from "../domain/wire.ts";
import type { WriteAccess } from "./authorize-write.ts";
import { conditionalReply } from "./conditional-reply.ts";
import { connectionsQuerySchema } from "./connections-query.schema.ts";
import type { WindowBody } from "./contract/windows.ts";
import type { SilenceBody, SilencesBody } from "./contract.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { parseQuery } from "./parse-query.ts";
import { badBodyReply, badQueryReply, problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { silenceBodySchema } from "./silence-body.schema.ts";

/** What the routes of silences need. */
export interface SilencesRouteDeps extends OrderSilenceDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly access: WriteAccess;
}

/** Makes the route of GET and POST v1/silences. */
export function createSilencesRoute(deps: SilencesRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(connectionsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const found = findTenant(input, deps.tenants, parsed.query.tenant);
    if (found.kind === "refused") return found.reply;
    return input.method === "POST" ? order(deps, input, found.tenant.tenantId) : list(deps, input, found.tenant);
  };
}

async function list(
  deps: SilencesRouteDeps,
  input: HttpInput,
  { tenantId, maintenance = [] }: ConfiguredTenant,
): Promise<HttpReply> {
  const silences = await deps.suppressions.listSilences(tenantId);
  const value = silences.toSorted((a, b) => b.fromMs - a.fromMs).map(toBody);
  const body: SilencesBody = { tenantId, value, windows: maintenance.map(toWindow) };
  return conditionalReply(input, { body, facts: body }, deps.digest);
}

async function order(deps: SilencesRouteDeps, input: HttpInput, tenantId: string): Promise<HttpReply> {
  const read = await readOrder(silenceBodySchema, input, deps.access);
  if (read.kind === "refused") return read.reply;
  const { match, from: fromMs, until: untilMs, reason } = read.order;
  const nowMs = deps.clock.nowMs();
  const message = checkTimes(fromMs ?? nowMs, untilMs, nowMs);
  if (message !== undefined) return badBodyReply(input, [{ parameter: "until", message }]);
  const ordered = await orderSilence(deps, { tenantId, match, fromMs, untilMs, reason, person: read.person });
  return ordered.kind === "ordered"
    ? jsonReply(201, toBody(ordered.silence))
    : problemReply(input, {
        status: 409,
        detail: "This very silence was ordered before and ended; give another until",
      });
}

function checkTimes(fromMs: number, untilMs: number, nowMs: number): string | undefined {
  if (untilMs <= nowMs) return "must be ahead";
  if (untilMs <= fromMs) return "must be after from";
  return untilMs - fromMs > MAX_SILENCE_MS ? "must be at most 90 days after from" : undefined;
}

function toWindow({ startMinute, durationMs, ...window }: MaintenanceWindow): WindowBody {
  const start = toIso(startMinute * MINUTE_MS).slice(11, 16);
  return { ...window, start, duration: formatDuration(durationMs) };
}

function toBody({ fromMs, untilMs, writtenAtMs, endedAtMs, ...silence }: Silence): SilenceBody {
  return {
    ...silence,
    fromDateTime: toIso(fromMs),
    untilDateTime: toIso(untilMs),
    writtenDateTime: toIso(writtenAtMs),
    endedDateTime: toDateTime(endedAtMs),
  };
}

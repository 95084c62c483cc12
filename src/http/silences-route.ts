import type { z } from "zod";
import { type OrderSilenceDeps, orderSilence } from "../app/order-silence.ts";
import type { Person } from "../domain/history/audit-entry.ts";
import { isInMaintenance, nextChange } from "../domain/suppression/is-in-maintenance.ts";
import type { MaintenanceWindow } from "../domain/suppression/maintenance-window.ts";
import { MAX_SILENCE_MS, type Silence } from "../domain/suppression/silence.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration, MINUTE_MS } from "../domain/units.ts";
import { toDateTime } from "../domain/wire.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { SilenceBody, SilencesBody } from "./contract/silences.ts";
import type { WindowBody } from "./contract/windows.ts";
import { readTenant } from "./find-connection.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { badBodyReply, problemReply } from "./problem.ts";
import { silenceBodySchema } from "./silence-body.schema.ts";

/** What the routes of silences need. */
export interface SilencesRouteDeps extends OrderSilenceDeps, TenantOrderAccess {}

/** Makes the route of GET and POST v1/silences. */
export function createSilencesRoute(deps: SilencesRouteDeps): Route {
  const order = createOrderRoute({
    ...deps,
    ask: (input) => readTenant(input, deps.tenants),
    schema: silenceBodySchema,
    follow: (input, given) => orderOne(deps, input, given),
  });
  return async (input) => (input.method === "POST" ? order(input) : list(deps, input));
}

async function list(deps: SilencesRouteDeps, input: HttpInput): Promise<HttpReply> {
  const read = readTenant(input, deps.tenants);
  if (read.kind === "refused") return read.reply;
  const { tenantId, maintenance = [] } = read.tenant;
  const silences = await deps.suppressions.listSilences(tenantId);
  const value = silences.toSorted((a, b) => b.fromMs - a.fromMs).map(toBody);
  const body: SilencesBody = { tenantId, value, windows: toWindows(maintenance, deps.clock.nowMs()) };
  return conditionalReply(input, { body, facts: body }, deps.digest);
}

type GivenSilence = z.output<typeof silenceBodySchema> & {
  readonly tenant: ConfiguredTenant;
  readonly person: Person;
};

async function orderOne(deps: SilencesRouteDeps, input: HttpInput, given: GivenSilence): Promise<HttpReply> {
  const { match, from: fromMs, until: untilMs, reason, person } = given;
  const { tenantId } = given.tenant;
  const nowMs = deps.clock.nowMs();
  const message = checkTimes(fromMs ?? nowMs, untilMs, nowMs);
  if (message !== undefined) return badBodyReply(input, [{ parameter: "until", message }]);
  const ordered = await orderSilence(deps, { tenantId, match, fromMs, untilMs, reason, person });
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

function toWindows(windows: readonly MaintenanceWindow[], nowMs: number): readonly WindowBody[] {
  return windows.map((window) => {
    const { startMinute, durationMs, ...given } = window;
    const start = toIso(startMinute * MINUTE_MS).slice(11, 16);
    const isActive = isInMaintenance(window, nowMs);
    const change = toDateTime(nextChange(window, nowMs));
    const next = isActive ? { untilDateTime: change } : { nextStartDateTime: change };
    return { ...given, start, duration: formatDuration(durationMs), isActive, ...next };
  });
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

import { defined } from "../defined.ts";
import { FLEET } from "./fleet.ts";

/** A queue message as understood, or what is wrong with it; `problem` never repeats the message. */
export type ParsedRequest<T> =
  | { readonly kind: "ok"; readonly request: T }
  | { readonly kind: "bad"; readonly problem: string };

const TENANT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a message of the queue `poll-requests`; members that it does not know are ignored. */
export function parsePollRequest(message: unknown): ParsedRequest<ParsedPoll> {
  const [tenantId, slotMs, graphUnavailable, closing] = ["tenantId", "slotMs", "graphUnavailable", "closing"].map(
    (name) => memberOf(message, name),
  );
  if (!isTenantId(tenantId)) return { kind: "bad", problem: "tenantId must be a lower-case GUID" };
  if (typeof slotMs !== "number" || !Number.isSafeInteger(slotMs) || slotMs < 0)
    return { kind: "bad", problem: "slotMs must be whole epoch milliseconds" };
  if (graphUnavailable !== undefined && typeof graphUnavailable !== "boolean")
    return { kind: "bad", problem: "graphUnavailable must be true or false" };
  if (closing !== undefined && closing !== true) return { kind: "bad", problem: "closing must be true" };
  return { kind: "ok", request: { tenantId, slotMs, ...defined({ graphUnavailable, closing }) } };
}

interface ParsedPoll {
  readonly tenantId: string;
  readonly slotMs: number;
  readonly graphUnavailable?: boolean;
  readonly closing?: true;
}

/** Reads a message of the queue `delivery-requests`; members that it does not know are ignored. */
export function parseDeliveryRequest(message: unknown): ParsedRequest<{ readonly tenantId: string }> {
  const tenantId = memberOf(message, "tenantId");
  return isTenantId(tenantId) || tenantId === FLEET
    ? { kind: "ok", request: { tenantId } }
    : { kind: "bad", problem: `tenantId must be a lower-case GUID or ${FLEET}` };
}

function isTenantId(value: unknown): value is string {
  return typeof value === "string" && TENANT_ID.test(value);
}

function memberOf(message: unknown, name: string): unknown {
  if (typeof message !== "object" || message === null) return undefined;
  const members: Readonly<Record<string, unknown>> = { ...message };
  return members[name];
}

/** A queue message as understood, or what is wrong with it; `problem` never repeats the message. */
export type ParsedRequest<T> =
  | { readonly kind: "ok"; readonly request: T }
  | { readonly kind: "bad"; readonly problem: string };

const TENANT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a message of the queue `poll-requests`; members that it does not know are ignored. */
export function parsePollRequest(
  message: unknown,
): ParsedRequest<{ readonly tenantId: string; readonly slotMs: number }> {
  const delivery = parseDeliveryRequest(message);
  if (delivery.kind === "bad") return delivery;
  const slotMs = memberOf(message, "slotMs");
  return typeof slotMs === "number" && Number.isSafeInteger(slotMs) && slotMs >= 0
    ? { kind: "ok", request: { ...delivery.request, slotMs } }
    : { kind: "bad", problem: "slotMs must be whole epoch milliseconds" };
}

/** Reads a message of the queue `delivery-requests`; members that it does not know are ignored. */
export function parseDeliveryRequest(message: unknown): ParsedRequest<{ readonly tenantId: string }> {
  const tenantId = memberOf(message, "tenantId");
  return typeof tenantId === "string" && TENANT_ID.test(tenantId)
    ? { kind: "ok", request: { tenantId } }
    : { kind: "bad", problem: "tenantId must be a lower-case GUID" };
}

function memberOf(message: unknown, name: string): unknown {
  if (typeof message !== "object" || message === null) return undefined;
  const members: Readonly<Record<string, unknown>> = { ...message };
  return members[name];
}

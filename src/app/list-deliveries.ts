import { toDeliveryId } from "../domain/delivery/delivery-id.ts";
import { type Delivery, notificationId, type OutboxRow } from "../domain/delivery/notification.ts";
import type { HistoryPage, HistoryStore } from "../ports/history-store.ts";
import type { Outbox } from "../ports/outbox.ts";

/** What `listDeliveries` reads from. */
export interface ListDeliveriesDeps {
  readonly history: Pick<HistoryStore, "deliveries">;
  readonly outbox: Pick<Outbox, "load">;
}

/** Which notifications of a tenant are wanted. */
export interface DeliveriesRequest {
  readonly tenantId: string;
  readonly status: "pending" | "delivered" | "dead";
  /** 1 to 1,000. */
  readonly limit: number;
  /** The position after which to go on, as a former page gave it. */
  readonly after?: string;
}

/** One page, newest first: notifications on their way, or records of settled ones. */
export type DeliveriesPage =
  | { readonly kind: "pending"; readonly page: HistoryPage<OutboxRow> }
  | { readonly kind: "settled"; readonly page: HistoryPage<Delivery> };

/**
 * Lists a tenant's notifications, newest first, by one query: one page of those that are settled is one storage request;
 * those on their way are few, and read whole.
 *
 * `delivered` means settled without being given up, so it shows also those that were superseded.
 * @throws {DependencyError} When storage cannot be read.
 */
export async function listDeliveries(deps: ListDeliveriesDeps, request: DeliveriesRequest): Promise<DeliveriesPage> {
  const { tenantId, status, limit, after } = request;
  if (status === "pending") {
    const { rows } = await deps.outbox.load(tenantId);
    const waiting = rows.map(({ value }) => value).filter(({ dead }) => dead !== true);
    return { kind: "pending", page: pageOf(waiting, request) };
  }
  const range = { tenantId, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit };
  const page = await deps.history.deliveries(after === undefined ? range : { ...range, after }, status);
  return { kind: "settled", page };
}

function pageOf(rows: readonly OutboxRow[], { limit, after = "" }: DeliveriesRequest): HistoryPage<OutboxRow> {
  const placed = rows.map((row) => ({ row, position: positionOf(row) })).filter(({ position }) => position > after);
  placed.sort((a, b) => (a.position < b.position ? -1 : 1));
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  const shown = page.map(({ row }) => row);
  return last === undefined || page.length === placed.length ? { rows: shown } : { rows: shown, next: last.position };
}

/** The name that its record would have, were it settled in its slot: newest first. */
function positionOf({ facts, channel }: OutboxRow): string {
  return toDeliveryId({ settledAtMs: facts.slotMs, id: notificationId(facts, channel) });
}

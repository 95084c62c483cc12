import type { DeliveriesBody, DeliveryBody } from "../../src/http/contract/deliveries.ts";

/** One notification as a line of the table. */
export interface DeliveryRow {
  readonly key: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly delivery: DeliveryBody;
  /** When it was settled, else when it was planned. */
  readonly at: string;
}

/** Makes the lines of all that could be read, newest first. */
export function deliveryRows(
  reads: readonly { readonly kind: string; readonly body?: DeliveriesBody }[],
  tenants: readonly { readonly tenantId: string; readonly tenantName: string }[],
): readonly DeliveryRow[] {
  return reads
    .flatMap(({ body }, index) =>
      (body?.value ?? []).map((delivery) => ({
        key: `${delivery.notificationId} ${delivery.settledDateTime ?? ""}`,
        tenantId: body?.tenantId ?? "",
        tenantName: tenants[index]?.tenantName ?? "",
        delivery,
        at: delivery.settledDateTime ?? delivery.slotDateTime,
      })),
    )
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Keeps what one connection's channels were told by the polls of one UTC day. */
export function deliveriesOfDay(
  rows: readonly DeliveryRow[],
  { connectionKey, day }: { readonly connectionKey: string; readonly day: string },
): readonly DeliveryRow[] {
  return rows.filter(
    ({ delivery }) => delivery.connectionKey === connectionKey && delivery.slotDateTime.startsWith(day),
  );
}

import type { Delivery } from "./notification.ts";

/** Where a record of a settled notification is found: the notification, and when it was settled. */
export type DeliveryRef = Pick<Delivery, "id" | "settledAtMs">;

/** The newest instant that a record can be named by. */
const LAST_INSTANT_MS = 9_999_999_999_999;

const DELIVERY_ID = /^(\d{13})\.([\w.-]{1,150})$/;

/** Names the record of a settled notification: `<instant turned round, 13 digits>.<notification id>`, newest first. */
export function toDeliveryId({ settledAtMs, id }: DeliveryRef): string {
  return `${String(LAST_INSTANT_MS - settledAtMs).padStart(13, "0")}.${id}`;
}

/** Reads the name of a record; undefined for any other text. */
export function parseDeliveryId(text: string): DeliveryRef | undefined {
  const [, turned, id] = DELIVERY_ID.exec(text) ?? [];
  return id === undefined ? undefined : { settledAtMs: LAST_INSTANT_MS - Number(turned), id };
}

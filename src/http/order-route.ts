import type { z } from "zod";
import type { Person } from "../domain/history/audit-entry.ts";
import type { WriteAccess } from "./authorize-write.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { Asked, HttpInput, HttpReply, Route } from "./http-types.ts";
import { readOrder } from "./read-order.ts";

/** What every route of a write needs. */
export interface OrderAccess {
  readonly access: WriteAccess;
}

/** What every route of a write to a tenant needs. */
export interface TenantOrderAccess extends OrderAccess {
  readonly tenants: readonly ConfiguredTenant[];
}

/** How an order is read and followed. */
interface OrderSteps<Subject, Order> extends OrderAccess {
  /** Reads path and query. */
  readonly ask: (input: HttpInput) => Asked<Subject>;
  readonly schema: z.ZodType<Order>;
  readonly follow: (input: HttpInput, order: Subject & Order & { readonly person: Person }) => Promise<HttpReply>;
}

/** Makes the route of a write: what it is about, then whether it is allowed, then its body, and only then it is followed. */
export function createOrderRoute<Subject, Order extends { readonly by?: string | undefined }>({
  access,
  ask,
  schema,
  follow,
}: OrderSteps<Subject, Order>): Route {
  return async (input) => {
    const asked = ask(input);
    if (asked.kind === "refused") return asked.reply;
    const read = await readOrder(schema, input, access);
    return read.kind === "refused" ? read.reply : follow(input, { ...read.order, ...asked, person: read.person });
  };
}

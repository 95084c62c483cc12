import type { ConnectionBody, ConnectionsBody, DeadlineBody } from "../../src/http/contract/connections.ts";
import { nameOf } from "./connection-row.ts";

/** One date of one connection. */
export interface DatedRow {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly name: string;
  readonly connection: ConnectionBody;
  readonly deadline: DeadlineBody;
}

/** Lists the dates of all connections: those ahead soonest first, those passed newest first. */
export function datedRows(
  bodies: readonly ConnectionsBody[],
  nowMs: number,
): { readonly ahead: readonly DatedRow[]; readonly passed: readonly DatedRow[] } {
  const all = bodies
    .flatMap(({ tenantId, tenantName, value }) =>
      value.flatMap((connection) =>
        connection.deadlines.map((deadline) => ({
          tenantId,
          tenantName,
          name: nameOf(connection),
          connection,
          deadline,
        })),
      ),
    )
    .toSorted((a, b) => atMs(a) - atMs(b));
  return { ahead: all.filter((row) => atMs(row) > nowMs), passed: all.filter((row) => atMs(row) <= nowMs).reverse() };
}

function atMs({ deadline }: DatedRow): number {
  return Date.parse(deadline.dateTime);
}

import { odata, type TableClient, type TableEntityQueryOptions, type TransactionAction } from "@azure/data-tables";
import { InvariantError } from "../../domain/errors.ts";
import { MAX_TRANSACTION_ROWS } from "../../domain/poll/chunk-writes.ts";
import type { KeyRange } from "./row-keys.ts";
import { failureOf, isConflict, toDependencyError } from "./table-failure.ts";

/** A row as the client reads it. */
export interface Row {
  readonly rowKey: string;
  readonly etag: string;
  readonly [column: string]: unknown;
}

/** Which rows of a partition are wanted. */
export interface RowQuery extends KeyRange {
  readonly partitionKey: string;
  /** The columns wanted, RowKey among them. @default all */
  readonly columns?: readonly string[];
}

/** One page of rows, and whether more may follow. */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/**
 * The calls that the stores make to one table; `operation` names a call in kebab-case, for the error.
 *
 * A table that does not exist is made by the first call that misses it, so that this costs nothing later on.
 */
export interface TableCalls {
  /** Reads all rows of a range, page by page; pages may be empty. */
  readonly readAll: (operation: string, query: RowQuery) => Promise<readonly Row[]>;
  /** Reads up to `limit` rows (1 to 1,000) by one request, or by some more while the service answers empty pages. */
  readonly readPage: (operation: string, query: RowQuery, limit: number) => Promise<RowPage>;
  /** Names the first partition behind another one; undefined when there is none. */
  readonly nextPartition: (operation: string, after: string) => Promise<string | undefined>;
  /** Reads one row; undefined when it is not there. */
  readonly find: (operation: string, partitionKey: string, rowKey: string) => Promise<Row | undefined>;
  readonly exists: (operation: string, partitionKey: string, rowKey: string) => Promise<boolean>;
  /**
   * Writes up to 100 rows of one partition as one entity-group transaction.
   *
   * @returns the ETags of the rows as written, in order; undefined when a condition failed and nothing was written.
   */
  readonly transact: (
    operation: string,
    actions: readonly TransactionAction[],
  ) => Promise<readonly string[] | undefined>;
}

/** Stands for an ETag that an answer left out: it matches no row, where an empty one would match any. */
const NO_ETAG = 'W/"unknown"';

/** Makes the calls to one table; a call ends after `timeoutMs`, the client's own retries included. */
export function createTableCalls(client: TableClient, timeoutMs: number): TableCalls {
  const call = createCall(client, timeoutMs);
  return {
    readAll: (operation, query) =>
      call(operation, async (abortSignal) => {
        const rows: Row[] = [];
        const found = client.listEntities<Row>({ abortSignal, queryOptions: optionsOf(query) });
        for await (const row of found) rows.push(row);
        return rows;
      }),
    readPage: (operation, query, limit) =>
      call(operation, async (abortSignal) => {
        const found = client.listEntities<Row>({ abortSignal, queryOptions: optionsOf(query) });
        for await (const rows of found.byPage({ maxPageSize: limit })) {
          if (rows.length > 0) return { rows, hasMore: rows.continuationToken !== undefined };
        }
        return { rows: [], hasMore: false };
      }),
    nextPartition: (operation, after) => call(operation, (abortSignal) => findPartition(client, after, abortSignal)),
    find: (operation, partitionKey, rowKey) =>
      call(operation, (abortSignal) => unlessConflict(client.getEntity<Row>(partitionKey, rowKey, { abortSignal }))),
    exists: (operation, partitionKey, rowKey) =>
      call(operation, async (abortSignal) => {
        const options = { abortSignal, queryOptions: { select: ["RowKey"] } };
        const row = await unlessConflict(client.getEntity(partitionKey, rowKey, options));
        return row !== undefined;
      }),
    transact: (operation, actions) => {
      checkCount(actions.length);
      return call(operation, async (abortSignal) => {
        const answer = await unlessConflict(client.submitTransaction([...actions], { abortSignal }));
        return answer?.subResponses.map(({ etag = NO_ETAG }) => etag);
      });
    },
  };
}

async function findPartition(
  client: TableClient,
  after: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const queryOptions = { filter: odata`PartitionKey gt ${after}`, select: ["PartitionKey"] };
  const found = client.listEntities({ abortSignal, queryOptions });
  for await (const [row] of found.byPage({ maxPageSize: 1 })) {
    if (row !== undefined) return row.partitionKey;
  }
  return undefined;
}

type Run<T> = (abortSignal: AbortSignal) => Promise<T>;

function createCall(client: TableClient, timeoutMs: number): <T>(operation: string, run: Run<T>) => Promise<T> {
  return async (operation, run) => {
    try {
      return await withTable(client, () => run(AbortSignal.timeout(timeoutMs)));
    } catch (error) {
      throw toDependencyError(operation, error);
    }
  };
}

async function withTable<T>(client: TableClient, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (failureOf(error).code !== "TableNotFound") throw error;
  }
  await client.createTable();
  return attempt();
}

async function unlessConflict<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isConflict(failureOf(error))) return undefined;
    throw error;
  }
}

function optionsOf({ partitionKey, after, before, columns }: RowQuery): TableEntityQueryOptions {
  const filter = odata`PartitionKey eq ${partitionKey} and RowKey gt ${after} and RowKey lt ${before}`;
  return columns === undefined ? { filter } : { filter, select: [...columns] };
}

function checkCount(count: number): void {
  if (count < 1 || count > MAX_TRANSACTION_ROWS) {
    throw new InvariantError(
      `Cannot write a transaction: 1 to ${MAX_TRANSACTION_ROWS} rows are wanted, current count is ${count}`,
    );
  }
}

import type { TransactionAction } from "@azure/data-tables";
import { guardedDelete } from "./guarded-delete.ts";
import type { Columns } from "./row-codec.ts";

/** Builds the actions of one transaction; apart from `merge` a write leaves nothing of the row that was there. */
export interface RowActions {
  /** Fails when the row is there. */
  readonly insert: (rowKey: string, columns: Columns) => TransactionAction;
  /** Writes the row whether it is there or not. */
  readonly put: (rowKey: string, columns: Columns) => TransactionAction;
  /** Writes the columns whether the row is there or not, and leaves its other columns alone. */
  readonly merge: (rowKey: string, columns: Columns) => TransactionAction;
  /** Fails when the row was changed or is gone. */
  readonly replace: (rowKey: string, columns: Columns, etag: string) => TransactionAction;
  /** Changes nothing but the row's ETag, and fails when the row was changed or is gone: who read it before has to read anew. */
  readonly touch: (rowKey: string, etag: string) => TransactionAction;
  /** Fails when the row was changed or is gone. */
  readonly remove: (rowKey: string, etag: string) => TransactionAction;
  /** Fails when the row is gone. */
  readonly removeAny: (rowKey: string) => TransactionAction;
}

/** Builds actions on rows of one partition. */
export function actionsIn(partitionKey: string): RowActions {
  return {
    insert: (rowKey, columns) => ["create", { partitionKey, rowKey, ...columns }],
    put: (rowKey, columns) => ["upsert", { partitionKey, rowKey, ...columns }, "Replace"],
    merge: (rowKey, columns) => ["upsert", { partitionKey, rowKey, ...columns }, "Merge"],
    replace: (rowKey, columns, etag) => ["update", { partitionKey, rowKey, ...columns }, "Replace", { etag }],
    touch: (rowKey, etag) => ["update", { partitionKey, rowKey }, "Merge", { etag }],
    remove: (rowKey, etag) => guardedDelete(partitionKey, rowKey, etag),
    removeAny: (rowKey) => ["delete", { partitionKey, rowKey }],
  };
}

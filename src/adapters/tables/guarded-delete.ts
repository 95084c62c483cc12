import { Buffer } from "node:buffer";
import type { TableServiceClientOptions, TransactionAction } from "@azure/data-tables";

/** A step of the client's pipeline. */
type PipelinePolicy = NonNullable<TableServiceClientOptions["additionalPolicies"]>[number]["policy"];

/** Stands between a RowKey and the ETag in hexadecimal digits; no RowKey of ours holds it. */
const MARK = "~if-match~";

/** Matches a deletion from its mark to the wildcard that the client gives every deletion inside a transaction. */
const MARKED_DELETION = /~if-match~([0-9a-f]+)('\) HTTP\/1\.1\r\n(?:[^\r\n]+\r\n)*?If-Match: )\*/gi;

/**
 * Deletes a row inside a transaction only if it still has the ETag.
 *
 * The service can do that, but the client drops the ETag of a deletion in `submitTransaction`. So the ETag travels inside
 * the RowKey, and `guardedDeletePolicy` moves it where it belongs; without the policy the row would not be found.
 */
export function guardedDelete(partitionKey: string, rowKey: string, etag: string): TransactionAction {
  return ["delete", { partitionKey, rowKey: rowKey + MARK + Buffer.from(etag).toString("hex") }];
}

/** Moves the ETags of guarded deletions from RowKey to header, just before a transaction is sent. */
export const guardedDeletePolicy: PipelinePolicy = {
  name: "guardedDelete",
  sendRequest(request, next) {
    if (request.url.includes("/$batch") && typeof request.body === "string") {
      request.body = request.body.replaceAll(MARKED_DELETION, (_, hex: string, between: string) => {
        return between + Buffer.from(hex, "hex").toString();
      });
    }
    return next(request);
  },
};

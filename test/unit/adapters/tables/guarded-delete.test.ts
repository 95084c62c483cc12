import { describe, expect, it } from "vitest";
import { guardedDelete, guardedDeletePolicy } from "../../../../src/adapters/tables/guarded-delete.ts";

type Send = typeof guardedDeletePolicy.sendRequest;
type Request = Parameters<Send>[0];

/** Passes a body through the policy as a transaction, unless told otherwise. */
async function pass(body: string, url = "http://host/account/$batch"): Promise<unknown> {
  const request = { url, body } as Request;
  await guardedDeletePolicy.sendRequest(request, async () => ({}) as Awaited<ReturnType<Send>>);
  return request.body;
}

function markedKey(etag: string): string {
  const [, entity] = guardedDelete("p", "live|state|a", etag);
  return encodeURIComponent(entity.rowKey ?? "");
}

function operation(rowKey: string, ifMatch = "*"): string {
  const address = `http://host/account/monitor(PartitionKey='p',RowKey='${rowKey}')`;
  return `DELETE ${address} HTTP/1.1\r\nAccept: application/json\r\nDataServiceVersion: 3.0\r\nIf-Match: ${ifMatch}\r\n\r\n`;
}

const PLAIN_KEY = "live%7Cstate%7Ca";

describe("guardedDeletePolicy", () => {
  it.each([`W/"datetime'2026-11-22T04%3A31%3A11.0935063Z'"`, 'W/"$&$1"', "*"])(
    "moves the ETag %s from key to header",
    async (etag) => {
      expect(await pass(operation(markedKey(etag)))).toBe(operation(PLAIN_KEY, etag));
    },
  );

  it("gives each of several deletions its own ETag and leaves the others their wildcard", async () => {
    const body = operation(markedKey("1")) + operation(PLAIN_KEY) + operation(markedKey("2"));

    expect(await pass(body)).toBe(operation(PLAIN_KEY, "1") + operation(PLAIN_KEY) + operation(PLAIN_KEY, "2"));
  });

  it("leaves a mark inside a row's text alone", async () => {
    const body = `PUT http://host/x HTTP/1.1\r\n\r\n{"rest":${JSON.stringify(operation(markedKey("1")))}}\r\n${operation(PLAIN_KEY)}`;

    expect(await pass(body)).toBe(body);
  });

  it("leaves requests alone that are no transactions", async () => {
    const body = operation(markedKey("1"));

    expect(await pass(body, "http://host/account/monitor")).toBe(body);
  });
});

import type { Answer, Payload, Trace } from "./answer.ts";
import type { PagingMode } from "./fault.schema.ts";
import { graphError, unknownProperty } from "./graph-errors.ts";
import { type Page, pageOf, parseSkipToken } from "./paging.ts";
import type { Behaviour, Resource } from "./resources.ts";

/** A permitted read of a licensed tenant. */
export interface ResourceRead {
  readonly resource: Resource;
  readonly url: URL;
  readonly tenantId: string;
  /** All rows of the resource's source, as on the wire. */
  readonly rows: readonly Payload[];
  readonly behaviour: Behaviour;
  readonly trace: Trace;
}

/** Query options that are honoured; any other that begins with `$` is refused. Source: reference/graph.md section 8. */
const HONOURED = ["$select", "$skiptoken"];

/** Answers a read that nothing stands against; `paging` cuts a list into pages. */
export function readResource(read: ResourceRead, paging?: PagingMode): Answer {
  const { resource, url, trace } = read;
  const refused = [...url.searchParams.keys()].find((key) => key.startsWith("$") && !HONOURED.includes(key));
  if (refused !== undefined) {
    const message = `The query option '${refused}' is not supported for the segment '${resource.segment}'.`;
    return graphError(trace, { status: read.behaviour.refusedOptionStatus, code: "BadRequest", message });
  }
  const select = url.searchParams.get("$select")?.split(",");
  const stranger = select?.find((name) => !resource.properties.includes(name));
  if (stranger !== undefined) {
    return unknownProperty(trace, stranger, resource.type);
  }
  return resource.shown === undefined ? list(read, select, paging) : singleton(read, select ?? resource.shown);
}

/** The singleton, not wrapped; Graph adds the key to any `$select`. */
function singleton(read: ResourceRead, shown: readonly string[]): Answer {
  const entity = { id: read.tenantId, connectorStatus: read.rows };
  return {
    kind: "payload",
    payload: { "@odata.context": `${contextOf(read)}/$entity`, ...pick(entity, ["id", ...shown]) },
  };
}

function list(read: ResourceRead, select: readonly string[] | undefined, paging: PagingMode | undefined): Answer {
  const rows = select === undefined ? read.rows : read.rows.map((row) => pick(row, select));
  const token = read.url.searchParams.get("$skiptoken");
  const first = paging === undefined ? undefined : { mode: paging, page: 0 };
  const position = token === null ? first : parseSkipToken(token);
  if (token !== null && position === undefined) {
    return graphError(read.trace, { status: 400, code: "BadRequest", message: "The skip token is not valid." });
  }
  const page: Page | undefined = position === undefined ? { rows } : pageOf(rows, position, read.url);
  if (page === undefined) {
    return graphError(read.trace, { status: 410, code: "Gone", message: "The skip token is no longer valid." });
  }
  const link = page.nextLink === undefined ? {} : { "@odata.nextLink": page.nextLink };
  return { kind: "payload", payload: { "@odata.context": contextOf(read), ...link, value: page.rows } };
}

function contextOf({ resource, url }: ResourceRead): string {
  const path = resource.shown === undefined ? `deviceManagement/${resource.segment}` : "deviceManagement";
  const select = url.searchParams.get("$select");
  return `${url.origin}/${resource.version}/$metadata#${path}${select === null ? "" : `(${select})`}`;
}

function pick(row: Payload, names: readonly string[]): Payload {
  return Object.fromEntries(Object.entries(row).filter(([key]) => names.includes(key)));
}

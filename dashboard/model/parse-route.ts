/** What the address asks for. */
export type Route = ListRoute | ConnectionRoute;

/** A list; `tenant` undefined means all of them. */
interface ListRoute {
  readonly view: "overview" | "deadlines" | "deliveries" | "silences";
  readonly tenant: string | undefined;
}

/** One connection, with the day that is looked at and how far back the page looks. */
export interface ConnectionRoute {
  readonly view: "connection";
  readonly tenant: string;
  readonly connectionKey: string;
  readonly day: string | undefined;
  readonly days: Span;
}

/** How many days back a connection page looks. */
export const SPANS = [7, 30, 90] as const;

/** How many days back a connection page looks. */
export type Span = (typeof SPANS)[number];

const LISTS = ["overview", "deadlines", "deliveries", "silences"] as const;

/** Reads the fragment of an address; what cannot be understood leads to the overview of all tenants. */
export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [first = "", second, third = ""] = path.split("/").map(decode);
  const parameters = new URLSearchParams(search);
  if (first === "connection" && second !== undefined && /^[\da-f]{32}$/.test(third)) {
    return { view: "connection", tenant: second, connectionKey: third, ...parsePlace(parameters) };
  }
  const view = LISTS.find((name) => name === first) ?? "overview";
  return { view, tenant: parameters.get("tenant") ?? undefined };
}

function parsePlace(parameters: URLSearchParams): { readonly day: string | undefined; readonly days: Span } {
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(parameters.get("day") ?? "")?.[0];
  return { day, days: SPANS.find((span) => String(span) === parameters.get("days")) ?? 30 };
}

/** Writes the fragment that leads to a view. */
export function toHash(route: Route): string {
  if (route.view !== "connection") {
    return `#/${route.view}${query({ tenant: route.tenant })}`;
  }
  const { tenant, connectionKey, day, days } = route;
  const span = days === 30 ? undefined : String(days);
  return `#/connection/${encodeURIComponent(tenant)}/${connectionKey}${query({ days: span, day })}`;
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(Object.fromEntries(given)).toString()}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

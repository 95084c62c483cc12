import { type LoadOverviewsDeps, loadOverviews } from "../app/load-overviews.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { CALENDAR_TYPE, renderCalendar } from "./i-calendar.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";
import { selectTenants } from "./select-tenants.ts";
import { tenantsQuerySchema } from "./tenants-query.schema.ts";
import { toCalendarEvents } from "./to-calendar.ts";

/** What GET v1/deadlines.ics needs. */
export interface DeadlinesRouteDeps extends LoadOverviewsDeps {
  readonly tenants: readonly ConfiguredTenant[];
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

const NAME = "Intune deadlines";

/** Makes the route of GET v1/deadlines.ics: the dates of all tenants, or of one, on which harm comes, as a calendar to subscribe to. */
export function createDeadlinesRoute(deps: DeadlinesRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(tenantsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const selected = selectTenants(input, deps.tenants, parsed.query.tenant);
    if (selected.kind === "refused") return selected.reply;
    const overviews = await loadOverviews(deps, selected.tenants);
    const events = toCalendarEvents(overviews);
    const body = renderCalendar(NAME, events);
    // A poll that moved no date makes another revision, but says nothing new.
    const facts = renderCalendar(
      NAME,
      events.map((event) => ({ ...event, revisedMs: 0 })),
    );
    return conditionalReply(input, { body, facts, mediaType: CALENDAR_TYPE, fileName: "deadlines.ics" }, deps.digest);
  };
}

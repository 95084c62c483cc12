import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import { pathOf } from "../data/paths.ts";
import { useReads, useSession } from "../data/session.ts";
import { type DatedRow, datedRows } from "../model/dated-rows.ts";
import { toHash } from "../model/parse-route.ts";
import { DEADLINE_WORDS } from "../model/words.ts";
import { DownloadButton } from "../parts/download-button.ts";
import { Empty, Instant, Loading, Problem, Section, StateChip, TimeAgo } from "../parts/small-parts.ts";

/** Every date that Intune or a connector acts on, soonest first. */
export function DeadlinesView({ tenantIds }: { readonly tenantIds: readonly string[] }): VNode {
  const { nowMs } = useSession();
  const reads = useReads<ConnectionsBody>(tenantIds.map((tenant) => pathOf("v1/connections", { tenant })));
  const bodies = reads.flatMap((read) => (read.kind === "ready" ? [read.body] : []));
  const failure = reads.flatMap((read) => (read.kind === "loading" ? [] : (read.failure ?? [])))[0];
  const { ahead, passed } = datedRows(bodies, nowMs);
  const calendar = pathOf("v1/deadlines.ics", { tenant: tenantIds.length === 1 ? tenantIds[0] : undefined });
  return html`
    <div class="title-row">
      <h1>Deadlines</h1>
      <${DownloadButton} path=${calendar} name="deadlines.ics">Save as calendar<//>
    </div>
    <p class="muted">
      Dates on which Intune or a connector acts. Calendars can subscribe to <code>/api/v1/deadlines.ics</code> with a key of their own.
    </p>
    ${failure !== undefined && html`<${Problem} failure=${failure} what="Part of it" />`}
    ${reads.some(({ kind }) => kind === "loading") && html`<${Loading} lines=${6} />`}
    <${Section} title="Ahead">
      ${ahead.length === 0 ? html`<${Empty}>No date is ahead.<//>` : html`<${DateTable} rows=${ahead} />`}
    <//>
    ${passed.length > 0 && html`<${Section} title="Passed"><${DateTable} rows=${passed} /><//>`}
  `;
}

function DateTable({ rows }: { readonly rows: readonly DatedRow[] }): VNode {
  return html`<table class="table table--cards">
    <thead>
      <tr>
        <th scope="col">What happens</th><th scope="col">When</th><th scope="col">Date</th><th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(({ tenantId, tenantName, name, connection, deadline }) => {
        const { connectionKey, verdict } = connection;
        const href = toHash({ view: "connection", tenant: tenantId, connectionKey, day: undefined, days: 30 });
        return html`<tr key="${connectionKey} ${deadline.kind}">
          <th scope="row" class="line__name">
            <a href=${href} dir="auto">${name}</a>
            <span class="line__kind">${DEADLINE_WORDS[deadline.kind]} · <span dir="auto">${tenantName}</span></span>
          </th>
          <td data-label="When"><strong><${TimeAgo} at=${deadline.dateTime} /></strong></td>
          <td data-label="Date"><${Instant} at=${deadline.dateTime} /></td>
          <td data-label="State"><${StateChip} verdict=${verdict} /></td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

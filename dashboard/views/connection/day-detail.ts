import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { HistoryBody, IntervalBody } from "../../../src/http/contract/history.ts";
import { historyPath } from "../../data/paths.ts";
import { useRead, useSession } from "../../data/session.ts";
import { DAY_WORDS, toDayState } from "../../model/day-cells.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { DAY_MS, sayDay, sayDuration, sayInstant } from "../../model/say-time.ts";
import { capital, sayQuiet } from "../../model/words.ts";
import { Empty, Instant, Loading, Problem, StateChip } from "../../parts/small-parts.ts";
import { DayDeliveries } from "./day-deliveries.ts";

interface DayDetailProps {
  readonly day: string;
  /** Of the connection as a whole, oldest first. */
  readonly intervals: readonly IntervalBody[];
  readonly route: ConnectionRoute;
  readonly isRow: boolean;
}

/** What lies behind one day: its intervals, and on demand its readings and what was sent. */
export function DayDetail({ day, intervals, route, isRow }: DayDetailProps): VNode {
  const [open, setOpen] = useState(false);
  return html`<div class="day-detail" role="region" aria-label=${sayDay(day)}>
    <h3>${sayDay(day)} <span class="muted">UTC</span></h3>
    ${
      intervals.length === 0
        ? html`<${Empty}>It was not watched on this day.<//>`
        : html`<ol class="intervals">
            ${intervals.map((interval) => html`<${Interval} key=${interval.startDateTime} interval=${interval} />`)}
          </ol>`
    }
    <details class="more" onToggle=${() => setOpen(true)}>
      <summary>What was read, and what was sent</summary>
      ${open && isRow && html`<${Snapshots} day=${day} route=${route} />`}
      ${open && html`<${DayDeliveries} day=${day} route=${route} />`}
    </details>
  </div>`;
}

function Interval({ interval }: { readonly interval: IntervalBody }): VNode {
  const { nowMs } = useSession();
  const { state, startDateTime, endDateTime, reason, blind, quiet, maintenance } = interval;
  const endMs = endDateTime === undefined ? nowMs : Date.parse(endDateTime);
  const verdict = verdictOf(state);
  return html`<li class="interval">
    <${StateChip} verdict=${verdict} text=${DAY_WORDS[toDayState(verdict)]} />
    <span>
      ${reason !== undefined && html`<strong>${capital(reason)}</strong>, `}
      <${Instant} at=${startDateTime} /> – ${endDateTime === undefined ? "now" : html`<${Instant} at=${endDateTime} />`}
      ${" "}<span class="muted">(${sayDuration(endMs - Date.parse(startDateTime))})</span>
      ${blind !== undefined && html`<span class="line__quiet">Not seen: ${capital(blind)}</span>`}
      ${maintenance.map((name) => html`<span class="line__quiet">Maintenance: ${name}</span>`)}
      ${quiet.map((why) => html`<span class="line__quiet">${sayQuiet(why)}</span>`)}
    </span>
  </li>`;
}

/** The intervals of a connection as a whole carry verdicts; phases belong to those of a rule. */
function verdictOf(state: IntervalBody["state"]): Exclude<IntervalBody["state"], "inactive" | "firing" | "recovering"> {
  return state === "inactive" || state === "firing" || state === "recovering" ? "unknown" : state;
}

function Snapshots({ day, route }: Pick<DayDetailProps, "day" | "route">): VNode {
  const { nowMs } = useSession();
  const { tenant, connectionKey } = route;
  const fromMs = Date.parse(`${day}T00:00:00Z`);
  const to = fromMs + DAY_MS < nowMs ? { to: `${new Date(fromMs + DAY_MS).toISOString().slice(0, 19)}Z` } : {};
  const path = historyPath({
    tenant,
    connection: connectionKey,
    view: "snapshots",
    from: `${day}T00:00:00Z`,
    maxpagesize: "200",
    ...to,
  });
  const read = useRead<Extract<HistoryBody, { view: "snapshots" }>>(path);
  if (read.kind === "loading") return html`<${Loading} />`;
  if (read.kind === "failed") return html`<${Problem} failure=${read.failure} what="The readings" />`;
  if (read.body.value.length === 0) return html`<${Empty}>No reading of this day is kept.<//>`;
  return html`<h4>Readings</h4>
    <ul class="snapshots">
      ${read.body.value.map(
        (snapshot) => html`<li key=${snapshot.slotDateTime}>
          <details>
            <summary>${sayInstant(Date.parse(snapshot.observedDateTime))}</summary>
            <pre class="json" tabindex="0">${JSON.stringify(snapshot, undefined, 2)}</pre>
          </details>
        </li>`,
      )}
    </ul>`;
}

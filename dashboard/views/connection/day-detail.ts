import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { HistoryBody, IntervalBody } from "../../../src/http/contract/history.ts";
import { dayWindow, historyPath } from "../../data/paths.ts";
import { useList, useSession } from "../../data/session.ts";
import { DAY_WORDS, toDayState } from "../../model/day-cells.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { sayDay, sayDuration, sayInstant } from "../../model/say-time.ts";
import { capital, sayQuiet } from "../../model/words.ts";
import { ReadOn } from "../../parts/read-on.ts";
import { Empty, Instant, Loading, Problem, StateChip } from "../../parts/small-parts.ts";
import { DayDeliveries } from "./day-deliveries.ts";

interface DayDetailProps {
  readonly day: string;
  readonly route: ConnectionRoute;
  readonly isRow: boolean;
}

/** The API answers up to the last full minute, so that a day has nothing to tell before its first is over. */
const FIRST_MINUTE_MS = 60_000;

/** What lies behind one day: its intervals, and on demand its readings and what was sent. */
export function DayDetail({ day, route, isRow }: DayDetailProps): VNode {
  const { nowMs } = useSession();
  const [open, setOpen] = useState(false);
  const hasBegun = nowMs >= Date.parse(`${day}T00:00:00Z`) + FIRST_MINUTE_MS;
  return html`<div class="day-detail" role="region" aria-label=${sayDay(day)}>
    <h3>${sayDay(day)} <span class="muted">UTC</span></h3>
    ${hasBegun ? html`<${Intervals} day=${day} route=${route} />` : html`<${Empty}>Nothing is known of this day yet.<//>`}
    <details class="more" onToggle=${() => setOpen(true)}>
      <summary>What was read, and what was sent</summary>
      ${open && isRow && hasBegun && html`<${Snapshots} day=${day} route=${route} />`}
      ${open && html`<${DayDeliveries} day=${day} route=${route} />`}
    </details>
  </div>`;
}

type DayProps = Pick<DayDetailProps, "day" | "route">;

/** How the connection as a whole stood that day. */
function Intervals({ day, route }: DayProps): VNode {
  const { tenant, connectionKey: connection } = route;
  const query = { tenant, connection, view: "intervals", scope: "whole", maxpagesize: "200" } as const;
  const { read, readOn } = useList<Extract<HistoryBody, { view: "intervals" }>>(
    historyPath({ ...query, ...dayWindow(day) }),
  );
  if (read.kind === "loading") return html`<${Loading} />`;
  if (read.kind === "failed") return html`<${Problem} failure=${read.failure} what="The day" />`;
  return html`
    <ol class="intervals">
      ${read.body.value
        .toReversed()
        .map((interval) => html`<${Interval} key=${interval.startDateTime} interval=${interval} />`)}
    </ol>
    <${ReadOn} read=${read} onMore=${readOn}>Only the newest of this day is shown.<//>
  `;
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

function Snapshots({ day, route }: DayProps): VNode {
  const { tenant, connectionKey: connection } = route;
  const { read, readOn } = useList<Extract<HistoryBody, { view: "snapshots" }>>(
    historyPath({ tenant, connection, view: "snapshots", maxpagesize: "200", ...dayWindow(day) }),
  );
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
    </ul>
    <${ReadOn} read=${read} onMore=${readOn}>Only the newest readings of this day are shown.<//>`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import type { HistoryBody, UptimeBody } from "../../../src/http/contract/history.ts";
import { historyPath, spanStart } from "../../data/paths.ts";
import { useRead, useSession } from "../../data/session.ts";
import { cellsOfIntervals, cutToDay, DAY_WORDS, type DayCell, sayBar } from "../../model/day-cells.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { toHash } from "../../model/parse-route.ts";
import { parseDuration, sayDay, sayDuration } from "../../model/say-time.ts";
import { DayPicker } from "../../parts/day-picker.ts";
import { Loading, Problem, Section } from "../../parts/small-parts.ts";
import { DayDetail } from "./day-detail.ts";

interface HistorySectionProps {
  /** The bar as the API sends it; made of the intervals where it sends none. */
  readonly bar: readonly DayCell[] | undefined;
  readonly route: ConnectionRoute;
  /** A row of Intune, of which snapshots and uptime are kept. */
  readonly isRow: boolean;
}

type Intervals = Extract<HistoryBody, { view: "intervals" }>;

/** The 90-day bar, and what lies behind each day of it. */
export function HistorySection({ bar, route, isRow }: HistorySectionProps): VNode {
  const { nowMs } = useSession();
  const { tenant, connectionKey } = route;
  const from = spanStart(90, nowMs);
  const read = useRead<Intervals>(
    historyPath({ tenant, connection: connectionKey, view: "intervals", from, maxpagesize: "1000" }),
  );
  if (read.kind === "loading") return html`<${Section} title="The last 90 days"><${Loading} /><//>`;
  if (read.kind === "failed") {
    return html`<${Section} title="The last 90 days"><${Problem} failure=${read.failure} what="The history" /><//>`;
  }
  const cells = bar ?? cellsOfIntervals(read.body.value, nowMs);
  const whole = read.body.value.filter(({ ruleId }) => ruleId === undefined);
  const { day } = route;
  return html`<${Section} title="The last 90 days">
    ${isRow && html`<${Uptime} route=${route} />`}
    <${DayPicker} cells=${cells} day=${day} onDay=${(next: string) => choose(route, next)} />
    <p class="muted">${sayBar(cells)}.<span class="on-screen"> Choose a day to see what lies behind it.</span></p>
    <details class="more">
      <summary>The bar as a table</summary>
      <${BarTable} cells=${cells} route=${route} />
    </details>
    ${
      day !== undefined &&
      html`<${DayDetail} key=${day} day=${day} intervals=${cutToDay(whole, day, nowMs)} route=${route} isRow=${isRow} />`
    }
  <//>`;
}

/** The day stands in the address, so that it can be passed on; the history of the browser keeps one entry a page. */
function choose(route: ConnectionRoute, day: string): void {
  const next = toHash({ ...route, day: day === route.day ? undefined : day });
  history.replaceState(undefined, "", next);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function BarTable({ cells, route }: { readonly cells: readonly DayCell[]; readonly route: ConnectionRoute }): VNode {
  const watched = cells.filter(({ state }) => state !== "none").toReversed();
  return html`<table class="table">
    <caption class="visually-hidden">
      Worst state of each day, newest first
    </caption>
    <thead>
      <tr><th scope="col">Day (UTC)</th><th scope="col">Worst state</th></tr>
    </thead>
    <tbody>
      ${watched.map(
        ({ day, state }) => html`<tr key=${day}>
          <th scope="row"><a href=${toHash({ ...route, day })}>${sayDay(day)}</a></th>
          <td>${DAY_WORDS[state]}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function Uptime({ route }: { readonly route: ConnectionRoute }): VNode {
  const { nowMs } = useSession();
  const { tenant, connectionKey, days } = route;
  const from = spanStart(days, nowMs);
  const read = useRead<Extract<HistoryBody, { view: "uptime" }>>(
    historyPath({ tenant, connection: connectionKey, view: "uptime", from }),
  );
  const uptime = read.kind === "ready" ? read.body.value[0] : undefined;
  if (uptime === undefined) return html``;
  return html`<dl class="facts">
    ${factsOf(uptime, days).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

function factsOf(uptime: UptimeBody, days: number): readonly (readonly [name: string, value: string])[] {
  const { ratio, incidents, meanTimeToRecover, unknownSeconds, downSeconds } = uptime;
  const recoverMs = meanTimeToRecover === undefined ? undefined : parseDuration(meanTimeToRecover);
  return [
    [`Up, ${days} days`, ratio === undefined ? "not known" : `${(Math.floor(ratio * 10_000) / 100).toFixed(2)} %`],
    ["Outages", String(incidents)],
    ["Down", sayDuration(downSeconds * 1_000)],
    ["Mean time to recover", recoverMs === undefined ? "–" : sayDuration(recoverMs)],
    ["Not seen or not watched", sayDuration(unknownSeconds * 1_000)],
  ];
}

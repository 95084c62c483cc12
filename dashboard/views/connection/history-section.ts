import { html } from "htm/preact";
import type { VNode } from "preact";
import type { HistoryBody, UptimeBody } from "../../../src/http/contract/history.ts";
import { historyPath, spanStart } from "../../data/paths.ts";
import { useList, useRead, useSession } from "../../data/session.ts";
import { BAR_DAYS, cellsOfIntervals, DAY_WORDS, type DayCell, sayBar } from "../../model/day-cells.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { toHash } from "../../model/parse-route.ts";
import { parseDuration, sayDay, sayDuration } from "../../model/say-time.ts";
import { DayPicker } from "../../parts/day-picker.ts";
import { ReadOn } from "../../parts/read-on.ts";
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
  const { day } = route;
  return html`<${Section} title="The last 90 days">
    ${isRow && html`<${Uptime} route=${route} />`}
    ${bar === undefined ? html`<${ToldBar} route=${route} />` : html`<${Bar} cells=${bar} route=${route} />`}
    ${day !== undefined && html`<${DayDetail} key=${day} day=${day} route=${route} isRow=${isRow} />`}
  <//>`;
}

/** The bar of what has no stored one, such as a channel, as its intervals tell it. */
function ToldBar({ route }: { readonly route: ConnectionRoute }): VNode {
  const { nowMs } = useSession();
  const { tenant, connectionKey: connection } = route;
  const from = spanStart(BAR_DAYS, nowMs);
  const { read, readOn } = useList<Intervals>(
    historyPath({ tenant, connection, view: "intervals", scope: "whole", from, maxpagesize: "1000" }),
  );
  if (read.kind === "loading") return html`<${Loading} />`;
  if (read.kind === "failed") return html`<${Problem} failure=${read.failure} what="The history" />`;
  const { value, nextLink } = read.body;
  return html`
    <${Bar} cells=${cellsOfIntervals(value, { nowMs, isCut: nextLink !== undefined })} route=${route} />
    <${ReadOn} read=${read} onMore=${readOn}>Only the newest days are drawn.<//>
  `;
}

function Bar({ cells, route }: { readonly cells: readonly DayCell[]; readonly route: ConnectionRoute }): VNode {
  return html`
    <${DayPicker} cells=${cells} day=${route.day} onDay=${(next: string) => choose(route, next)} />
    <p class="muted">${sayBar(cells)}.<span class="on-screen"> Choose a day to see what lies behind it.</span></p>
    <details class="more">
      <summary>The bar as a table</summary>
      <${BarTable} cells=${cells} route=${route} />
    </details>
  `;
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

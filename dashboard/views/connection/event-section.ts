import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { EventBody, HistoryBody } from "../../../src/http/contract/history.ts";
import { historyPath, spanStart } from "../../data/paths.ts";
import { useList, useSession } from "../../data/session.ts";
import { toEntries } from "../../model/event-entries.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { DownloadButton } from "../../parts/download-button.ts";
import { ReadOn } from "../../parts/read-on.ts";
import { Empty, Instant, Loading, Problem, Section } from "../../parts/small-parts.ts";
import { usePrinting } from "../../parts/use-printing.ts";

const SHOWN = 12;

/** What changed in the span that was chosen: alerts, configuration, what kept them quiet, where we were blind. */
export function EventSection({ route }: { readonly route: ConnectionRoute }): VNode {
  const { nowMs } = useSession();
  const [only, setOnly] = useState<"all" | "configuration">("all");
  const { tenant, connectionKey: connection, days } = route;
  const from = spanStart(days, nowMs);
  const { read, readOn } = useList<Extract<HistoryBody, { view: "events" }>>(
    historyPath({ tenant, connection, view: "events", from, maxpagesize: "1000" }),
  );
  const download = historyPath({ tenant, connection, view: "events", from, format: "csv" });
  const aside = html`<div class="section__tools">
    <label class="inline-field">
      <span>Show</span>
      <select value=${only} onChange=${() => setOnly(only === "all" ? "configuration" : "all")}>
        <option value="all">all changes</option>
        <option value="configuration">configuration only</option>
      </select>
    </label>
    <${DownloadButton} path=${download} name="events.csv">Export CSV<//>
  </div>`;
  return html`<${Section} title="What happened" aside=${aside}>
    ${read.kind === "loading" && html`<${Loading} />`}
    ${read.kind === "failed" && html`<${Problem} failure=${read.failure} what="What happened" />`}
    ${read.kind === "ready" && html`<${Events} events=${read.body.value} only=${only} days=${days} />`}
    <${ReadOn} read=${read} onMore=${readOn}>More happened in these ${days} days; only the newest is shown.<//>
  <//>`;
}

interface EventsProps {
  readonly events: readonly EventBody[];
  readonly only: "all" | "configuration";
  readonly days: number;
}

function Events({ events, only, days }: EventsProps): VNode {
  const [isLong, setLong] = useState(false);
  const isPrinting = usePrinting();
  const entries = toEntries(events, only);
  if (entries.length === 0) return html`<${Empty}>Nothing changed in these ${days} days.<//>`;
  const shown = isLong || isPrinting ? entries : entries.slice(0, SHOWN);
  return html`<ol class="events">
      ${shown.map(
        ({ id, at, firstAt, times, text, told }) => html`<li key=${id}>
          <${Instant} at=${at} />
          <span dir="auto">
            ${text}${times > 1 && html`, <strong>${times} times</strong> since <${Instant} at=${firstAt} />`}
            ${told !== "" && html`<span class="line__kind">${told}</span>`}
          </span>
        </li>`,
      )}
    </ol>
    ${
      entries.length > SHOWN &&
      html`<button class="button" type="button" onClick=${() => setLong(!isLong)}>
        ${isLong ? "Show less" : `Show all ${entries.length}`}
      </button>`
    }`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionBody } from "../../../src/http/contract/connections.ts";
import type { HistoryBody } from "../../../src/http/contract/history.ts";
import type { Read } from "../../data/create-store.ts";
import { historyPath, settledUntil, spanStart } from "../../data/paths.ts";
import { useList, useSession } from "../../data/session.ts";
import { toCurve } from "../../model/chart-data.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { SPANS, toHash } from "../../model/parse-route.ts";
import { parseDuration, sayDuration } from "../../model/say-time.ts";
import { AgeChart } from "../../parts/age-chart.ts";
import { ReadOn } from "../../parts/read-on.ts";
import { Empty, Loading, Problem, Section } from "../../parts/small-parts.ts";

interface AgeSectionProps {
  readonly connection: ConnectionBody;
  readonly route: ConnectionRoute;
  /** Between two polls, as the API writes it. */
  readonly period: string | undefined;
}

type Snapshots = Extract<HistoryBody, { view: "snapshots" }>;

/** The age of the last contact over time with the limits drawn in, or the time left to an expiry. */
export function AgeSection({ connection, route, period }: AgeSectionProps): VNode {
  const isExpiry = connection.deadlines.some(({ kind }) => kind === "expiry");
  const title = isExpiry ? "Time left" : "Time without contact";
  return html`<${Section} title=${title} aside=${html`<${SpanSwitch} route=${route} />`}>
    <${Chart} connection=${connection} route=${route} period=${period} title=${title} />
  <//>`;
}

/** How many pages of a thousand readings are drawn at first. */
const STEP = 3;

/** Reads what is settled once, and what may still grow again and again. */
function useReadings(route: ConnectionRoute): {
  readonly reads: readonly Read<Snapshots>[];
  readonly readOn: () => void;
} {
  const { nowMs } = useSession();
  const { tenant, connectionKey: connection, days } = route;
  const query = { tenant, connection, view: "snapshots", maxpagesize: "1000" };
  const untilIso = settledUntil(nowMs);
  const newer = useList<Snapshots>(historyPath({ ...query, from: untilIso }), { step: STEP });
  const from = spanStart(days, nowMs);
  const older = useList<Snapshots>(historyPath({ ...query, from, to: untilIso }), { step: STEP, isFixed: true });
  const readOn = (): void => {
    newer.readOn();
    older.readOn();
  };
  return { reads: [newer.read, older.read], readOn };
}

function Chart({ connection, route, period, title }: AgeSectionProps & { readonly title: string }): VNode {
  const { nowMs } = useSession();
  const { reads, readOn } = useReadings(route);
  const failure = reads.flatMap((read) => (read.kind === "failed" ? [read.failure] : []))[0];
  if (failure !== undefined) return html`<${Problem} failure=${failure} what="The curve" />`;
  if (reads.some(({ kind }) => kind === "loading")) return html`<${Loading} lines=${4} />`;
  const rows = reads.flatMap((read) => (read.kind === "ready" ? read.body.value : []));
  const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
  const periodMs = parseDuration(period ?? "") ?? 0;
  const curve = toCurve(rows, { thresholds: connection.thresholds, nowMs: minuteMs, periodMs });
  if (curve === undefined) return html`<${Empty}>Nothing was read of it in these ${route.days} days.<//>`;
  const cut = reads.find((read) => read.kind === "ready" && read.body.nextLink !== undefined);
  const worst = Math.max(...curve.hours.map((hours) => hours ?? 0));
  const limits = curve.limits.map(({ severity, hours }) => `${severity} at ${sayDuration(hours * 3_600_000)}`);
  const said = `${title} over ${route.days} days: at most ${sayDuration(worst * 3_600_000)}${limits.length > 0 ? `; ${limits.join(", ")}` : ""}.`;
  return html`<figure class="chart">
      <${AgeChart} curve=${curve} label=${said} />
      <figcaption class="muted">${said}</figcaption>
    </figure>
    ${cut !== undefined && html`<${ReadOn} read=${cut} onMore=${readOn}>Only the newest readings are drawn.<//>`}`;
}

/** Chooses how many days back the page looks; each choice is a link of its own. */
export function SpanSwitch({ route }: { readonly route: ConnectionRoute }): VNode {
  return html`<nav class="segments" aria-label="How far back">
    ${SPANS.map(
      (days) =>
        html`<a href=${toHash({ ...route, days })} aria-current=${days === route.days ? "true" : undefined}>${days} days</a>`,
    )}
  </nav>`;
}

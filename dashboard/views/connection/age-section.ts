import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionBody } from "../../../src/http/contract/connections.ts";
import { historyPath, spanStart } from "../../data/paths.ts";
import { useSession, useSnapshots } from "../../data/session.ts";
import { toCurve } from "../../model/chart-data.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { SPANS, toHash } from "../../model/parse-route.ts";
import { sayDuration } from "../../model/say-time.ts";
import { AgeChart } from "../../parts/age-chart.ts";
import { Empty, Loading, Problem, Section } from "../../parts/small-parts.ts";

interface AgeSectionProps {
  readonly connection: ConnectionBody;
  readonly route: ConnectionRoute;
}

/** The age of the last contact over time with the limits drawn in, or the time left to an expiry. */
export function AgeSection({ connection, route }: AgeSectionProps): VNode {
  const isExpiry = connection.deadlines.some(({ kind }) => kind === "expiry");
  const title = isExpiry ? "Time left" : "Time without contact";
  return html`<${Section} title=${title} aside=${html`<${SpanSwitch} route=${route} />`}>
    <${Chart} connection=${connection} route=${route} title=${title} />
  <//>`;
}

function Chart({ connection, route, title }: AgeSectionProps & { readonly title: string }): VNode {
  const { nowMs } = useSession();
  const { tenant, connectionKey } = route;
  const from = spanStart(route.days, nowMs);
  const read = useSnapshots(
    historyPath({ tenant, connection: connectionKey, view: "snapshots", from, maxpagesize: "1000" }),
  );
  if (read.kind === "loading") return html`<${Loading} lines=${4} />`;
  if (read.kind === "failed") return html`<${Problem} failure=${read.failure} what="The curve" />`;
  const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
  const curve = toCurve(read.body.rows, connection.thresholds, minuteMs);
  if (curve === undefined) return html`<${Empty}>Nothing was read of it in these ${route.days} days.<//>`;
  const worst = Math.max(...curve.hours.map((hours) => hours ?? 0));
  const limits = curve.limits.map(({ severity, hours }) => `${severity} at ${sayDuration(hours * 3_600_000)}`);
  const said = `${title} over ${route.days} days: at most ${sayDuration(worst * 3_600_000)}${limits.length > 0 ? `; ${limits.join(", ")}` : ""}.`;
  return html`<figure class="chart">
    <${AgeChart} curve=${curve} label=${said} />
    <figcaption class="muted">
      ${said}${read.body.isCut && " Only the newest three thousand readings are drawn."}
    </figcaption>
  </figure>`;
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

import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionBody, ConnectionsBody } from "../../src/http/contract/connections.ts";
import { pathOf } from "../data/paths.ts";
import { useRead, useSession } from "../data/session.ts";
import { nameOf } from "../model/connection-row.ts";
import { barOf } from "../model/day-cells.ts";
import { type ConnectionRoute, toHash } from "../model/parse-route.ts";
import { capital, DEADLINE_WORDS, KIND_WORDS, sayStanding } from "../model/words.ts";
import { Icon } from "../parts/icons.ts";
import { Empty, Loading, Problem, StateChip, TimeAgo } from "../parts/small-parts.ts";
import { AgeSection } from "./connection/age-section.ts";
import { AlertCards } from "./connection/alert-cards.ts";
import { DetailSection } from "./connection/detail-section.ts";
import { EventSection } from "./connection/event-section.ts";
import { HistorySection } from "./connection/history-section.ts";
import { PreviewSection } from "./connection/preview-section.ts";

/** Where Intune itself is looked at. */
const PORTAL = "https://intune.microsoft.com/";

const UNKNOWN = "It is not watched in this tenant, or no longer listed.";
const UNREADABLE = "Its stored state cannot be read, so that it is left out; the overview says what to do.";

/** Everything that is known of one connection. */
export function ConnectionView({ route }: { readonly route: ConnectionRoute }): VNode {
  const { tenant, connectionKey } = route;
  const read = useRead<ConnectionsBody>(pathOf("v1/connections", { tenant }));
  if (read.kind === "loading") return html`<${Loading} lines=${8} />`;
  if (read.kind === "failed") return html`<${Problem} failure=${read.failure} what="The connection" />`;
  const { value, tenantName, unreadable, lastPoll } = read.body;
  const connection = value.find((candidate) => candidate.connectionKey === connectionKey);
  const isUnreadable = unreadable.some((row) => row.connectionKey === connectionKey);
  const back = toHash({ view: "overview", tenant: tenant === "fleet" ? undefined : tenant });
  return html`
    <nav class="crumbs" aria-label="Where you are"><a href=${back}>${tenantName}</a></nav>
    ${read.failure !== undefined && html`<${Problem} failure=${read.failure} what="What has changed since" />`}
    ${
      connection === undefined
        ? html`<h1>Unknown connection</h1><${Empty}>${isUnreadable ? UNREADABLE : UNKNOWN}<//>`
        : html`<${Known} connection=${connection} route=${route} period=${lastPoll?.period} />`
    }
  `;
}

interface KnownProps {
  readonly connection: ConnectionBody;
  readonly route: ConnectionRoute;
  /** Between two polls, as the API writes it. */
  readonly period: string | undefined;
}

function Known({ connection, route, period }: KnownProps): VNode {
  const { nowMs } = useSession();
  const { alerts } = connection;
  const isRow = isRowOf(connection);
  return html`
    <${Head} connection=${connection} />
    <${AlertCards} alerts=${alerts} connection=${connection} tenant=${route.tenant} />
    ${isRow && html`<${AgeSection} connection=${connection} route=${route} period=${period} />`}
    <${HistorySection} bar=${barOf(connection, nowMs)} route=${route} isRow=${isRow} />
    <${EventSection} route=${route} />
    ${isRow && html`<${PreviewSection} key="${route.tenant} ${route.connectionKey}" connection=${connection} route=${route} />`}
    <${DetailSection} connection=${connection} />
  `;
}

function LastContact({ connection }: Pick<KnownProps, "connection">): VNode {
  const { lastContactDateTime } = connection;
  if (lastContactDateTime === undefined && !isRowOf(connection)) return html``;
  return html`<div><dt>Last contact</dt><dd><${TimeAgo} at=${lastContactDateTime} never="none is known" /></dd></div>`;
}

/** A row of Intune, and not our own view of something. */
function isRowOf({ reading }: ConnectionBody): boolean {
  return "state" in reading || "connectorName" in reading;
}

function Head({ connection }: Pick<KnownProps, "connection">): VNode {
  const { reading, verdict, microsoftVerdict, verdictNote, portalPage, observedDateTime, deadlines } = connection;
  const standing = sayStanding(connection);
  const inPortal = !portalPage.startsWith("Not in Intune");
  return html`<div class="head">
    <h1 dir="auto">${nameOf(connection)}</h1>
    <p class="muted">${KIND_WORDS[reading.kind]}${standing === undefined ? "" : ` · ${standing}`}</p>
    <dl class="facts">
      <div><dt>Our verdict</dt><dd><${StateChip} verdict=${verdict} /></dd></div>
      ${
        microsoftVerdict !== undefined &&
        html`<div><dt>Microsoft says</dt><dd dir="auto"><strong>${capital(microsoftVerdict)}</strong></dd></div>`
      }
      <${LastContact} connection=${connection} />
      ${deadlines.map(
        ({ kind, dateTime }) =>
          html`<div key=${kind}><dt>${DEADLINE_WORDS[kind]}</dt><dd><${TimeAgo} at=${dateTime} /></dd></div>`,
      )}
      <div><dt>Read</dt><dd><${TimeAgo} at=${observedDateTime} /></dd></div>
      <div>
        <dt>Looked after in</dt>
        <dd>
          ${inPortal ? html`<a href=${PORTAL} target="_blank" rel="noreferrer">${portalPage} <${Icon} name="link" /></a>` : portalPage}
        </dd>
      </div>
    </dl>
    ${verdictNote !== undefined && html`<p class="note">${verdictNote}. They look at different limits; alerts follow ours.</p>`}
  </div>`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ConnectionBody, ConnectionsBody } from "../../src/http/contract/connections.ts";
import type { TenantBody } from "../../src/http/contract/tenants.ts";
import type { Read } from "../data/create-store.ts";
import { pathOf } from "../data/paths.ts";
import { useReads, useSession } from "../data/session.ts";
import { type ConnectionRow, countVerdicts, filterRows, type RowFilter, toRows } from "../model/connection-row.ts";
import { type Freshness, freshnessOf, stalest } from "../model/lateness.ts";
import { doubtWhenLate, sayStandingOfAll } from "../model/say-standing.ts";
import { sayDistance, sayDuration, sayInstant } from "../model/say-time.ts";
import { FLEET, VERDICT_WORDS } from "../model/words.ts";
import { ConnectionTable } from "../parts/connection-table.ts";
import { Icon } from "../parts/icons.ts";
import { LeftOut } from "../parts/left-out.ts";
import { Empty, Loading, Problem, Section } from "../parts/small-parts.ts";

type Verdict = ConnectionBody["verdict"];

/** The first screen: how things stand, and every connection, worst first. */
export function OverviewView({ tenants }: { readonly tenants: readonly TenantBody[] }): VNode {
  const { nowMs } = useSession();
  const reads = useReads<ConnectionsBody>(
    [...tenants.map(({ tenantId }) => tenantId), FLEET.tenantId].map((tenant) => pathOf("v1/connections", { tenant })),
  );
  const tenantReads = reads.slice(0, -1);
  const bodies = reads.flatMap((read) => (read.kind === "ready" ? [read.body] : []));
  const watched = watchedOf(bodies);
  const failures = tenantReads.flatMap((read) => (read.kind === "loading" ? [] : (read.failure ?? [])));
  const freshness = stalest(
    watched.map((body) => {
      const polls = tenants.find(({ tenantId }) => tenantId === body.tenantId);
      return freshnessOf(body, polls ?? {}, nowMs);
    }),
  );
  if (tenants.length === 0) {
    return html`<h1>No tenant to show</h1>
      <${Empty}>None is configured yet, or none by this id.<//>`;
  }
  if (tenantReads.some(({ kind }) => kind === "loading")) return html`<${Loading} lines=${8} />`;
  return html`
    <${Standing} bodies=${bodies} freshness=${freshness} />
    ${failures.slice(0, 1).map((failure) => html`<${Problem} failure=${failure} what=${sayWhat(tenantReads)} />`)}
    ${watched.length > 0 && html`<${Connections} bodies=${bodies} />`}
  `;
}

function sayWhat(reads: readonly Read<ConnectionsBody>[]): string {
  const failed = reads.filter((read) => read.kind === "failed").length;
  return failed > 1 ? `${failed} tenants` : failed === 1 ? "One tenant" : "What has changed since";
}

interface StandingProps {
  readonly bodies: readonly ConnectionsBody[];
  /** Of the tenant that is worst off; undefined where none can be told of. */
  readonly freshness: Freshness | undefined;
}

function Standing({ bodies, freshness }: StandingProps): VNode {
  const { nowMs } = useSession();
  const rows = bodies.flatMap((body) => toRows(body, nowMs)).filter(tellsOfAll);
  const unreadable = bodies.flatMap((body) => body.unreadable);
  const isNew = unreadable.length === 0 && watchedOf(bodies).every(({ lastPoll }) => lastPoll === undefined);
  if (freshness === undefined)
    return html`<${Headline} verdict="unknown" text="How things stand cannot be told now." />`;
  if (isNew && !freshness.isLate) {
    return html`<${Headline} verdict="pending" text="The first poll is on its way; nothing is known yet." />`;
  }
  const { verdict, text, also } = doubtWhenLate(sayStandingOfAll(rows, nowMs, unreadable), freshness.isLate);
  return html`<${Headline} verdict=${verdict} text=${text}>
    ${also !== undefined && html`<p>${also}</p>`}
    <${LastPoll} freshness=${freshness} />
  <//>`;
}

function watchedOf(bodies: readonly ConnectionsBody[]): readonly ConnectionsBody[] {
  return bodies.filter(({ tenantId }) => tenantId !== FLEET.tenantId);
}

/** Nothing is well while nobody can be told; what else the fleet sees, the tenants say themselves. */
function tellsOfAll({ tenantId, connection }: ConnectionRow): boolean {
  return tenantId !== FLEET.tenantId || connection.reading.kind === "channel";
}

function Headline({
  verdict,
  text,
  children,
}: {
  readonly verdict: Verdict;
  readonly text: string;
  readonly children?: VNode;
}): VNode {
  return html`<div class="headline headline--${verdict}">
    <${Icon} name=${verdict} />
    <div><h1>${text}</h1>${children}</div>
  </div>`;
}

function LastPoll({ freshness: { lastGoodMs, periodMs, isLate } }: { readonly freshness: Freshness }): VNode {
  const { nowMs } = useSession();
  if (lastGoodMs === undefined) return html`<p class="late">There was no good poll yet.</p>`;
  const at = new Date(lastGoodMs).toISOString();
  return html`<p class=${isLate ? "late" : "muted"}>
    Last good poll${" "}
    <time datetime=${at} title=${sayInstant(lastGoodMs)}>${sayDistance(lastGoodMs, nowMs)}</time>${
      isLate
        ? html`, <strong>late</strong>: one is due every ${sayDuration(periodMs)}. What follows may be out of date.`
        : `, one every ${sayDuration(periodMs)}.`
    }
  </p>`;
}

function Connections({ bodies }: { readonly bodies: readonly ConnectionsBody[] }): VNode {
  const { nowMs } = useSession();
  const [filter, setFilter] = useState<RowFilter>({ verdict: undefined, text: "" });
  const rows = bodies.flatMap((body) => toRows(body, nowMs));
  const connections = rows.filter(({ isOwn }) => !isOwn);
  const own = rows.filter(({ isOwn }) => isOwn);
  const shown = filterRows(connections, filter);
  const hasTenants = watchedOf(bodies).length > 1;
  const empty = connections.length === 0 ? sayEmpty(bodies) : "None fits what you look for.";
  return html`
    <${LeftOut} bodies=${bodies} />
    <${Filters} rows=${connections} filter=${filter} onFilter=${setFilter} />
    <${Section} title="Connections">
      ${
        shown.length === 0
          ? html`<${Empty}>${empty}<//>`
          : html`<${ConnectionTable} rows=${shown} hasTenants=${hasTenants} caption="Connections, worst first" />`
      }
    <//>
    <${Section} title="The monitor's own eyes">
      <p class="muted section__note">
        What is read of Microsoft Graph, and by whom alerts are told. Where these are blind, nothing above is green.
      </p>
      <${OwnTables} rows=${own} hasTenants=${hasTenants} />
    <//>
  `;
}

function sayEmpty(bodies: readonly ConnectionsBody[]): string {
  const isLeftOut = bodies.some(({ unreadable }) => unreadable.length > 0);
  return isLeftOut ? "No partner or connector can be read." : "There are no partners or connectors yet.";
}

interface FiltersProps {
  readonly rows: readonly ConnectionRow[];
  readonly filter: RowFilter;
  readonly onFilter: (filter: RowFilter) => void;
}

function Filters({ rows, filter, onFilter }: FiltersProps): VNode {
  const toggle = (verdict: Verdict): void =>
    onFilter({ ...filter, verdict: verdict === filter.verdict ? undefined : verdict });
  return html`<div class="filters">
    <div class="counts" role="group" aria-label="Show by state">
      ${countVerdicts(rows).map(
        ({ verdict, count }) => html`<button
          key=${verdict}
          type="button"
          class="count count--${verdict}"
          aria-pressed=${verdict === filter.verdict}
          onClick=${() => toggle(verdict)}
        >
          <span class="count__number">${count}</span><span class="count__word">${VERDICT_WORDS[verdict]}</span>
        </button>`,
      )}
    </div>
    <label class="search">
      <span class="visually-hidden">Find a connection</span>
      <input
        type="search"
        placeholder="Find a connection"
        value=${filter.text}
        onInput=${(event: InputEvent) => onFilter({ ...filter, text: valueOf(event) })}
      />
    </label>
  </div>`;
}

/** What is well is folded away: it is many lines that say one thing. */
function OwnTables({
  rows,
  hasTenants,
}: {
  readonly rows: readonly ConnectionRow[];
  readonly hasTenants: boolean;
}): VNode {
  const troubled = rows.filter((row) => !isCalm(row));
  const calm = rows.filter(isCalm);
  const caption = "Sources, tenants and channels";
  return html`
    ${troubled.length > 0 && html`<${ConnectionTable} rows=${troubled} hasTenants=${hasTenants} caption="${caption} in trouble" isOwn />`}
    ${
      calm.length > 0 &&
      html`<details class="more">
        <summary>${troubled.length === 0 ? `All ${calm.length} see well` : `${calm.length} more see well`}</summary>
        <${ConnectionTable} rows=${calm} hasTenants=${hasTenants} caption="${caption} that are well" isOwn />
      </details>`
    }
  `;
}

function isCalm({ connection: { verdict } }: ConnectionRow): boolean {
  return verdict === "ok" || verdict === "not-judged";
}

function valueOf({ currentTarget }: InputEvent): string {
  return currentTarget instanceof HTMLInputElement ? currentTarget.value : "";
}

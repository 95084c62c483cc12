import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ConnectionBody, ConnectionsBody } from "../../src/http/contract/connections.ts";
import { pathOf } from "../data/paths.ts";
import { type Read, useReads, useSession } from "../data/session.ts";
import { type ConnectionRow, countVerdicts, filterRows, type RowFilter, toRows } from "../model/connection-row.ts";
import { freshnessOf, stalest } from "../model/lateness.ts";
import { doubtWhenLate, sayStandingOfAll } from "../model/say-standing.ts";
import { sayDistance, sayDuration, sayInstant } from "../model/say-time.ts";
import { VERDICT_WORDS } from "../model/words.ts";
import { ConnectionTable } from "../parts/connection-table.ts";
import { Icon } from "../parts/icons.ts";
import { Empty, Loading, Problem, Section } from "../parts/small-parts.ts";

type Verdict = ConnectionBody["verdict"];

/** The first screen: how things stand, and every connection, worst first. */
export function OverviewView({ tenantIds }: { readonly tenantIds: readonly string[] }): VNode {
  const reads = useReads<ConnectionsBody>(
    [...tenantIds, "fleet"].map((tenant) => pathOf("v1/connections", { tenant })),
  );
  const tenantReads = reads.slice(0, -1);
  const bodies = reads.flatMap((read) => (read.kind === "ready" ? [read.body] : []));
  const watched = bodies.filter(({ tenantId }) => tenantId !== "fleet");
  const failures = tenantReads.flatMap((read) => (read.kind === "loading" ? [] : (read.failure ?? [])));
  if (tenantIds.length === 0) {
    return html`<h1>No tenant to show</h1>
      <${Empty}>None is configured yet, or none by this id.<//>`;
  }
  if (tenantReads.some(({ kind }) => kind === "loading")) return html`<${Loading} lines=${8} />`;
  return html`
    <${Standing} bodies=${watched} channels=${channelsIn(bodies)} />
    ${failures.slice(0, 1).map((failure) => html`<${Problem} failure=${failure} what=${sayWhat(tenantReads)} />`)}
    ${watched.length > 0 && html`<${Connections} bodies=${bodies} />`}
  `;
}

function sayWhat(reads: readonly Read<ConnectionsBody>[]): string {
  const failed = reads.filter((read) => read.kind === "failed").length;
  return failed > 1 ? `${failed} tenants` : failed === 1 ? "One tenant" : "What has changed since";
}

/** Nothing is well while nobody can be told; what else the fleet sees, the tenants say themselves. */
function channelsIn(bodies: readonly ConnectionsBody[]): readonly ConnectionsBody[] {
  return bodies
    .filter(({ tenantId }) => tenantId === "fleet")
    .map((fleet) => ({ ...fleet, value: fleet.value.filter(({ reading }) => reading.kind === "channel") }));
}

interface StandingProps {
  readonly bodies: readonly ConnectionsBody[];
  readonly channels: readonly ConnectionsBody[];
}

function Standing({ bodies, channels }: StandingProps): VNode {
  const { nowMs } = useSession();
  const rows = [...bodies, ...channels].flatMap((body) => toRows(body, nowMs));
  const isNew = bodies.every(({ lastPoll }) => lastPoll === undefined);
  if (bodies.length === 0) return html`<${Headline} verdict="unknown" text="How things stand cannot be told now." />`;
  if (isNew) return html`<${Headline} verdict="pending" text="The first poll is on its way; nothing is known yet." />`;
  const isLate = stalest(bodies.map((body) => freshnessOf(body, nowMs)))?.isLate === true;
  const { verdict, text, also } = doubtWhenLate(sayStandingOfAll(rows, nowMs), isLate);
  return html`<${Headline} verdict=${verdict} text=${text}>
    ${also !== undefined && html`<p>${also}</p>`}
    <${LastPoll} bodies=${bodies} />
  <//>`;
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

function LastPoll({ bodies }: { readonly bodies: readonly ConnectionsBody[] }): VNode {
  const { nowMs } = useSession();
  const freshness = stalest(bodies.map((body) => freshnessOf(body, nowMs)));
  if (freshness?.lastGoodMs === undefined) return html`<p class="late">There was no good poll yet.</p>`;
  const { lastGoodMs, periodMs, isLate } = freshness;
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
  const hasTenants = bodies.filter(({ tenantId }) => tenantId !== "fleet").length > 1;
  const empty = connections.length === 0 ? "There are no partners or connectors yet." : "None fits what you look for.";
  return html`
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

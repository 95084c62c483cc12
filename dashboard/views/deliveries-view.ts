import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { DeliveriesBody } from "../../src/http/contract/deliveries.ts";
import type { TenantBody } from "../../src/http/contract/tenants.ts";
import { pathOf } from "../data/paths.ts";
import { useLists, useSession } from "../data/session.ts";
import { type DeliveryRow, deliveryRows } from "../model/delivery-rows.ts";
import { toHash } from "../model/parse-route.ts";
import { capital, FLEET, spaced } from "../model/words.ts";
import { ReplayDialog } from "../parts/channel-dialogs.ts";
import { ReadOn } from "../parts/read-on.ts";
import { Empty, Loading, NotOffered, Problem, Section, StateChip, TimeAgo } from "../parts/small-parts.ts";
import { usePrinting } from "../parts/use-printing.ts";
import { ChannelSection } from "./channel-section.ts";

type Tenant = Pick<TenantBody, "tenantId" | "tenantName">;

const STATUSES = [
  ["dead", "Given up"],
  ["pending", "On their way"],
  ["delivered", "Settled"],
] as const;

type Status = (typeof STATUSES)[number][0];

/** What was sent to whom, what is on its way, and what was given up. */
export function DeliveriesView({ tenants }: { readonly tenants: readonly Tenant[] }): VNode {
  const [status, setStatus] = useState<Status>("delivered");
  const all = [...tenants, FLEET];
  const dead = useDeliveries("dead", all);
  const deadCount = `${dead.rows.length}${dead.cut === undefined ? "" : "+"}`;
  return html`
    <h1>Deliveries</h1>
    <p class="muted">Notifications, one for each alert and channel. What was given up is kept and can be sent again.</p>
    <${Section}
      title="Notifications"
      aside=${html`<div class="segments" role="group" aria-label="Which notifications">
        ${STATUSES.map(
          ([
            key,
            text,
          ]) => html`<button key=${key} type="button" aria-pressed=${key === status} onClick=${() => setStatus(key)}>
            ${text}${key === "dead" && dead.rows.length > 0 ? ` (${deadCount})` : ""}
          </button>`,
        )}
      </div>`}
    >
      <${DeliveryList} key=${status} status=${status} tenants=${all} />
    <//>
    <${ChannelSection} tenantIds=${tenants.map(({ tenantId }) => tenantId)} />
  `;
}

const EMPTY_WORDS: Readonly<Record<Status, string>> = {
  dead: "Nothing was given up.",
  pending: "Nothing is on its way.",
  delivered: "Nothing was sent yet.",
};

interface DeliveryListProps {
  readonly status: Status;
  readonly tenants: readonly Tenant[];
}

/** The newest deliveries of each tenant, and the first of the lists that go on. */
function useDeliveries(status: Status, tenants: readonly Tenant[]) {
  const { reads, readOn } = useLists<DeliveriesBody>(
    tenants.map(({ tenantId: tenant }) => pathOf("v1/deliveries", { tenant, status, maxpagesize: "200" })),
  );
  const cut = reads.find((read) => read.kind === "ready" && read.body.nextLink !== undefined);
  return { reads, readOn, cut, rows: deliveryRows(reads, tenants) };
}

function DeliveryList({ status, tenants }: DeliveryListProps): VNode {
  const { reads, readOn, cut, rows } = useDeliveries(status, tenants);
  const failure = reads.flatMap((read) => (read.kind === "failed" ? [read.failure] : []))[0];
  if (failure?.kind === "missing") return html`<${NotOffered} what="deliveries" />`;
  if (reads.some(({ kind }) => kind === "loading")) return html`<${Loading} lines=${5} />`;
  return html`
    ${failure !== undefined && html`<${Problem} failure=${failure} what="Part of it" />`}
    ${rows.length === 0 ? html`<${Empty}>${EMPTY_WORDS[status]}<//>` : html`<${DeliveryTable} rows=${rows} />`}
    ${cut !== undefined && html`<${ReadOn} read=${cut} onMore=${readOn}>Only the newest of each tenant are shown.<//>`}
  `;
}

const SHOWN = 25;

function DeliveryTable({ rows }: { readonly rows: readonly DeliveryRow[] }): VNode {
  const [isLong, setLong] = useState(false);
  const isPrinting = usePrinting();
  const shown = isLong || isPrinting ? rows : rows.slice(0, SHOWN);
  return html`<table class="table table--cards">
    <thead>
      <tr>
        <th scope="col">About</th><th scope="col">Severity</th><th scope="col">Told</th><th scope="col">Channel</th>
        <th scope="col">Outcome</th><th scope="col">When</th><th scope="col"><span class="visually-hidden">Actions</span></th>
      </tr>
    </thead>
    <tbody>
      ${shown.map((row) => html`<${DeliveryLine} key=${row.key} row=${row} />`)}
    </tbody>
  </table>
    ${
      rows.length > SHOWN &&
      html`<p class="more">
        <button class="button" type="button" onClick=${() => setLong(!isLong)}>
          ${isLong ? "Show less" : `Show all ${rows.length}`}
        </button>
      </p>`
    }`;
}

function DeliveryLine({ row }: { readonly row: DeliveryRow }): VNode {
  const { canWrite } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { delivery, tenantId, tenantName } = row;
  const { connectionKey, connectionName, ruleId, severity, kind, toldBecause, channel, status, reason, attempts } =
    delivery;
  const href = toHash({ view: "connection", tenant: tenantId, connectionKey, day: undefined, days: 30 });
  return html`<tr>
    <th scope="row" class="line__name">
      <a href=${href} dir="auto">${connectionName}</a>
      <span class="line__kind">${capital(ruleId)} · <span dir="auto">${tenantName}</span></span>
    </th>
    <td data-label="Severity"><${StateChip} verdict=${severity} /></td>
    <td data-label="Told"><span>${capital(kind)}<span class="line__kind">${spaced(toldBecause)}</span></span></td>
    <td data-label="Channel">${channel}</td>
    <td data-label="Outcome">
      <span>${capital(status)}<span class="line__kind">${reason === undefined ? "" : `${spaced(reason)}, `}${attempts} ${attempts === 1 ? "attempt" : "attempts"}</span></span>
    </td>
    <td data-label="When"><${TimeAgo} at=${row.at} /></td>
    <td>
      ${
        status === "dead" &&
        delivery.id !== undefined &&
        canWrite &&
        html`<button class="button" type="button" onClick=${() => setOpen(true)}>Send again</button>`
      }
      ${isOpen && html`<${ReplayDialog} delivery=${delivery} tenant=${tenantId} onClose=${() => setOpen(false)} />`}
    </td>
  </tr>`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { SilenceBody, SilencesBody } from "../../src/http/contract/silences.ts";
import type { TenantsBody } from "../../src/http/contract/tenants.ts";
import { pathOf } from "../data/paths.ts";
import { useRead, useSession } from "../data/session.ts";
import { describeMatch, describeWindow, silenceState, windowState } from "../model/describe-silence.ts";
import { FLEET } from "../model/words.ts";
import { EndSilenceDialog, SilenceDialog } from "../parts/order-dialogs.ts";
import { Empty, Loading, Problem, Section, TimeAgo } from "../parts/small-parts.ts";

type Tenant = Pick<TenantsBody["value"][number], "tenantId" | "tenantName">;

/** What is kept quiet, tenant by tenant. */
export function SilencesView({ tenants }: { readonly tenants: readonly Tenant[] }): VNode {
  const { canWrite } = useSession();
  return html`
    <h1>Silences</h1>
    <p class="muted">
      A silence keeps quiet about what fits until it is over; the alerts go on, and their end is always told.
      ${!canWrite && " Enter a write key at sign-in to order or end one."}
    </p>
    ${[...tenants, FLEET].map((tenant) => html`<${TenantSilences} key=${tenant.tenantId} tenant=${tenant} />`)}
  `;
}

function TenantSilences({ tenant: { tenantId, tenantName } }: { readonly tenant: Tenant }): VNode {
  const { canWrite } = useSession();
  const [isOpen, setOpen] = useState(false);
  const read = useRead<SilencesBody>(pathOf("v1/silences", { tenant: tenantId }));
  const aside =
    canWrite && html`<button class="button" type="button" onClick=${() => setOpen(true)}>New silence</button>`;
  return html`<${Section} title=${tenantName} aside=${aside}>
    ${read.kind === "loading" && html`<${Loading} lines=${1} />`}
    ${read.kind === "failed" && html`<${Problem} failure=${read.failure} what="The silences" />`}
    ${read.kind === "ready" && html`<${SilenceTable} silences=${read.body.value} tenant=${tenantId} />`}
    ${read.kind === "ready" && html`<${Windows} windows=${read.body.windows} />`}
    ${isOpen && html`<${SilenceDialog} match=${{}} tenant=${tenantId} onClose=${() => setOpen(false)} />`}
  <//>`;
}

function Windows({ windows }: Pick<SilencesBody, "windows">): VNode {
  const { nowMs } = useSession();
  if (windows.length === 0) return html``;
  return html`<h3 class="more">Maintenance windows of the configuration</h3>
    <ul class="events">
      ${windows.map(
        (window) => html`<li key=${window.name}>
          <strong dir="auto">${window.name}</strong>
          <span>
            ${windowState(window, nowMs)}
            <span class="line__kind">${describeWindow(window)}</span>
            <span class="line__kind" dir="auto">${describeMatch(window.match)}</span>
          </span>
        </li>`,
      )}
    </ul>`;
}

interface SilenceTableProps {
  readonly silences: readonly SilenceBody[];
  readonly tenant: string;
}

function SilenceTable({ silences, tenant }: SilenceTableProps): VNode {
  if (silences.length === 0) return html`<${Empty}>Nothing is silenced.<//>`;
  return html`<table class="table table--cards">
    <thead>
      <tr>
        <th scope="col">What</th><th scope="col">State</th><th scope="col">From</th><th scope="col">Until</th>
        <th scope="col">By</th><th scope="col"><span class="visually-hidden">Actions</span></th>
      </tr>
    </thead>
    <tbody>
      ${silences.map((silence) => html`<${SilenceLine} key=${silence.id} silence=${silence} tenant=${tenant} />`)}
    </tbody>
  </table>`;
}

function SilenceLine({ silence, tenant }: { readonly silence: SilenceBody; readonly tenant: string }): VNode {
  const { nowMs, canWrite } = useSession();
  const [isOpen, setOpen] = useState(false);
  const state = silenceState(silence, nowMs);
  return html`<tr>
    <th scope="row" class="line__name"><span dir="auto">${describeMatch(silence.match)}</span><span class="line__kind" dir="auto">${silence.reason}</span></th>
    <td data-label="State">${state}</td>
    <td data-label="From"><${TimeAgo} at=${silence.fromDateTime} /></td>
    <td data-label="Until"><${TimeAgo} at=${silence.untilDateTime} /></td>
    <td data-label="By" dir="auto">${silence.by}</td>
    <td>
      ${canWrite && state !== "over" && html`<button class="button" type="button" onClick=${() => setOpen(true)}>End it</button>`}
      ${isOpen && html`<${EndSilenceDialog} silence=${silence} tenant=${tenant} onClose=${() => setOpen(false)} />`}
    </td>
  </tr>`;
}

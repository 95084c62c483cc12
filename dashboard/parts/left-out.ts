import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import { pathOf } from "../data/paths.ts";
import { Section } from "./small-parts.ts";

/** Lists the stored rows that cannot be read, each with what to do about it; nothing where there are none. */
export function LeftOut({ bodies }: { readonly bodies: readonly ConnectionsBody[] }): VNode {
  const rows = bodies.flatMap(({ tenantId, tenantName, unreadable }) =>
    unreadable.map((row) => ({ ...row, tenantId, tenantName })),
  );
  if (rows.length === 0) return html``;
  return html`<${Section} title="Left out: what is stored cannot be read">
    <p class="muted section__note">
      No alert of these fires or ends, and all others go on. Where a newer version of this monitor wrote them, deploy it again;
      else do what stands beside each. <code>docs/operate.md</code> says more.
    </p>
    <table class="table table--cards">
      <thead>
        <tr><th scope="col">Stored row</th><th scope="col">Tenant</th><th scope="col">What to do</th></tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ tenantId, tenantName, rowKey, connectionKey }) => html`<tr key="${tenantId} ${rowKey}">
            <th scope="row" class="line__name"><code>${connectionKey ?? rowKey}</code><span class="line__kind">${connectionKey === undefined ? "Notification, silence or acknowledgement" : "Connection"}</span></th>
            <td data-label="Tenant" dir="auto">${tenantName}</td>
            <td data-label="What to do">
              ${
                connectionKey === undefined
                  ? "What it held is not told or heeded: see deliveries and silences for what is missing and order it anew, then delete the row in storage."
                  : html`<span>Begin anew, with the write key and a body of reason and by: <code>POST /api/${pathOf(`v1/connections/${connectionKey}/reset`, { tenant: tenantId })}</code></span>`
              }
            </td>
          </tr>`,
        )}
      </tbody>
    </table>
  <//>`;
}

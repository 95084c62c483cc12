import { html } from "htm/preact";
import type { VNode } from "preact";
import type { DeliveriesBody } from "../../../src/http/contract/deliveries.ts";
import { pathOf } from "../../data/paths.ts";
import { useLists } from "../../data/session.ts";
import { deliveriesOfDay, deliveryRows } from "../../model/delivery-rows.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { sayInstant } from "../../model/say-time.ts";
import { capital, spaced } from "../../model/words.ts";
import { ReadOn } from "../../parts/read-on.ts";
import { Empty, Loading, NotOffered, Problem } from "../../parts/small-parts.ts";

/** What was sent about a connection on one day, as far back as the pages that were read reach. */
export function DayDeliveries({ day, route }: { readonly day: string; readonly route: ConnectionRoute }): VNode {
  const { tenant, connectionKey } = route;
  const { reads, readOn } = useLists<DeliveriesBody>(
    ["pending", "delivered", "dead"].map((status) => pathOf("v1/deliveries", { tenant, status, maxpagesize: "1000" })),
  );
  const failure = reads.flatMap((read) => (read.kind === "failed" ? [read.failure] : []))[0];
  if (failure?.kind === "missing") return html`<${NotOffered} what="deliveries" />`;
  if (failure !== undefined) return html`<${Problem} failure=${failure} what="What was sent" />`;
  if (reads.some(({ kind }) => kind === "loading")) return html`<${Loading} lines=${2} />`;
  const rows = deliveryRows(reads, []);
  const sent = deliveriesOfDay(rows, { connectionKey, day });
  const cut = reads.find((read) => read.kind === "ready" && read.body.nextLink !== undefined);
  return html`<h4>Notifications</h4>
    ${
      sent.length === 0
        ? html`<${Empty}>${cut !== undefined ? "Nothing among what was read." : "Nothing was sent about it."}<//>`
        : html`<ul class="events">
            ${sent.map(
              ({ key, at, delivery: { kind, severity, ruleId, channel, status, reason } }) => html`<li key=${key}>
                <time datetime=${at}>${sayInstant(Date.parse(at))}</time>
                <span>
                  ${capital(kind)}: ${spaced(ruleId)}, ${severity}
                  <span class="line__kind">${channel}: ${status}${reason === undefined ? "" : `, ${spaced(reason)}`}</span>
                </span>
              </li>`,
            )}
          </ul>`
    }
    ${cut !== undefined && html`<${ReadOn} read=${cut} onMore=${readOn}>Only the newest of this tenant was read.<//>`}`;
}

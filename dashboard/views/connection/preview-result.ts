import { html } from "htm/preact";
import type { VNode } from "preact";
import type { PreviewBody, PreviewOutcomeBody } from "../../../src/http/contract/preview.ts";
import { parseDuration, sayDuration } from "../../model/say-time.ts";
import { Empty, Instant, StateChip } from "../../parts/small-parts.ts";

/** What the limits that were tried would have made of the past, beside those that hold. */
export function PreviewResult({ preview }: { readonly preview: PreviewBody }): VNode {
  const rules = preview.value.flatMap((connection) => connection.rules);
  if (rules.length === 0) return html`<${Empty}>Nothing was read in this time that the rule could judge.<//>`;
  return html`${rules.map(
    ({ ruleId, current, tried }) => html`<div key=${ruleId}>
      <table class="table">
        <caption class="visually-hidden">
          What would have fired
        </caption>
        <thead>
          <tr>
            <th scope="col">Limits</th><th scope="col">Would have fired</th><th scope="col">Open in all</th><th scope="col">Could not judge</th>
          </tr>
        </thead>
        <tbody>
          <${OutcomeLine} name="Those that hold" outcome=${current} />
          <${OutcomeLine} name="Yours" outcome=${tried} />
        </tbody>
      </table>
      <${Episodes} outcome=${tried} />
    </div>`,
  )}`;
}

function OutcomeLine({ name, outcome }: { readonly name: string; readonly outcome: PreviewOutcomeBody }): VNode {
  const { fired, open, unknown } = outcome;
  return html`<tr>
    <th scope="row"><strong>${name}</strong></th>
    <td>${fired} ${fired === 1 ? "time" : "times"}</td>
    <td>${sayIso(open)}</td>
    <td>${sayIso(unknown)}</td>
  </tr>`;
}

function Episodes({ outcome: { episodes } }: { readonly outcome: PreviewOutcomeBody }): VNode {
  if (episodes.length === 0) return html`<p class="more">With your limits nothing would have fired.</p>`;
  return html`<ol class="intervals" aria-label="Episodes with your limits">
    ${episodes.map(
      ({ firedDateTime, resolvedDateTime, duration, severity }) => html`<li class="interval" key=${firedDateTime}>
        <${StateChip} verdict=${severity} />
        <span>
          <${Instant} at=${firedDateTime} /> – ${resolvedDateTime === undefined ? "still open" : html`<${Instant} at=${resolvedDateTime} />`}
          ${" "}<span class="muted">(${sayIso(duration)})</span>
        </span>
      </li>`,
    )}
  </ol>`;
}

function sayIso(duration: string): string {
  return sayDuration(parseDuration(duration) ?? 0);
}

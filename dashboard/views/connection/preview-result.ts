import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionPreviewBody, PreviewBody, PreviewOutcomeBody } from "../../../src/http/contract/preview.ts";
import { sayIso, sayLimits, worstOf } from "../../model/trial.ts";
import { count } from "../../model/words.ts";
import { Empty, Instant, NONE, StateChip } from "../../parts/small-parts.ts";

/** What the limits that were tried would have made of the past, beside those that hold. */
export function PreviewResult({ preview }: { readonly preview: PreviewBody }): VNode {
  const [connection] = preview.value;
  const [rule] = connection?.rules ?? [];
  if (connection === undefined || rule === undefined) return html`<${NothingJudged} preview=${preview} />`;
  const { current, tried } = rule;
  const isSame = tried.fired > 0 && JSON.stringify(current.episodes) === JSON.stringify(tried.episodes);
  return html`
    <${History} preview=${preview} connection=${connection} />
    <table class="table table--cards">
      <caption class="visually-hidden">
        What would have fired
      </caption>
      <thead>
        <tr>
          <th scope="col">Limits</th>
          <th scope="col">Would have fired</th>
          <th scope="col">At worst</th>
          <th scope="col">Open in all</th>
          <th scope="col">Could not judge</th>
        </tr>
      </thead>
      <tbody>
        <${OutcomeLine} name="Those that hold" outcome=${current} />
        <${OutcomeLine} name="Yours" outcome=${tried} />
      </tbody>
    </table>
    ${isSame && html`<p class="more">Your limits would have told just what those that hold have told.</p>`}
    <${Episodes} outcome=${tried} />
  `;
}

function NothingJudged({ preview: { snapshots, from } }: { readonly preview: PreviewBody }): VNode {
  return snapshots === 0
    ? html`<${Empty}>No reading since <${Instant} at=${from} /> is stored: there is nothing to try limits on.<//>`
    : html`<${Empty}>Nothing was read since <${Instant} at=${from} /> that the rule could judge.<//>`;
}

interface HistoryProps {
  readonly preview: PreviewBody;
  readonly connection: ConnectionPreviewBody;
}

/** While a connection is seen a reading is stored each hour at least: a later beginning is no matter of chance. */
const HOUR_MS = 3_600_000;

/** Says what was replayed, and that it is less than was asked for where that is so. */
function History({ preview, connection: { sinceDateTime } }: HistoryProps): VNode {
  const { from, to, snapshots } = preview;
  const isShort = Date.parse(sinceDateTime) - Date.parse(from) > HOUR_MS;
  return html`<p class="preview__past ${isShort ? "note" : "hint"}">
    ${count(snapshots, "stored reading")}, from <${Instant} at=${sinceDateTime} /> to <${Instant} at=${to} />.
    ${isShort && html` You asked for all since <${Instant} at=${from} />, but nothing older is stored.`}
  </p>`;
}

function OutcomeLine({ name, outcome }: { readonly name: string; readonly outcome: PreviewOutcomeBody }): VNode {
  const { fired, open, unknown, settings, episodes } = outcome;
  const worst = worstOf(episodes);
  return html`<tr>
    <th scope="row"><strong>${name}</strong><div class="muted">${sayLimits(settings)}</div></th>
    <td data-label="Would have fired"><span>${count(fired, "time")}</span></td>
    <td data-label="At worst">${worst === undefined ? NONE : html`<${StateChip} verdict=${worst} />`}</td>
    <td data-label="Open in all"><span>${sayIso(open)}</span></td>
    <td data-label="Could not judge"><span>${sayIso(unknown)}</span></td>
  </tr>`;
}

function Episodes({ outcome: { episodes, fired } }: { readonly outcome: PreviewOutcomeBody }): VNode {
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
    </ol>
    ${fired > episodes.length && html`<p class="more">The newest ${episodes.length} of ${fired} are listed.</p>`}`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useSession } from "../data/session.ts";
import { type ConnectionRow, type SortKey, sortRows } from "../model/connection-row.ts";
import { barOf } from "../model/day-cells.ts";
import type { Measured } from "../model/measure.ts";
import { toHash } from "../model/parse-route.ts";
import { DEADLINE_WORDS } from "../model/words.ts";
import { DayBar } from "./day-bar.ts";
import { Icon } from "./icons.ts";
import { NONE, StateChip, TimeAgo } from "./small-parts.ts";

/** What the table is given. */
interface ConnectionTableProps {
  readonly rows: readonly ConnectionRow[];
  /** Lines of more than one tenant name theirs. */
  readonly hasTenants: boolean;
  readonly caption: string;
  /** Our own view: nothing of it has a date or a bar. */
  readonly isOwn?: boolean;
}

const COLUMNS: readonly (readonly [key: SortKey | undefined, text: string])[] = [
  ["name", "Connection"],
  ["state", "State"],
  ["since", "Since"],
  ["contact", "Last contact"],
  [undefined, "Value and limit"],
  ["deadline", "Next date"],
  [undefined, "90 days"],
];

const OWN_COLUMNS = COLUMNS.slice(0, 4);

/** Lists connections, worst first until told otherwise; on a narrow screen each line becomes a card. */
export function ConnectionTable({ rows, hasTenants, caption, isOwn = false }: ConnectionTableProps): VNode {
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly isDescending: boolean }>({
    key: "state",
    isDescending: false,
  });
  const press = (key: SortKey): void => setSort({ key, isDescending: sort.key === key ? !sort.isDescending : false });
  const direction = sort.isDescending ? "descending" : "ascending";
  return html`<table class="table table--cards">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        ${(isOwn ? OWN_COLUMNS : COLUMNS).map(
          ([key, text]) => html`<th scope="col" aria-sort=${key === sort.key ? direction : undefined}>
            ${
              key === undefined
                ? text
                : html`<button type="button" class="sort" onClick=${() => press(key)}>${text}<span class="sort__arrow" aria-hidden="true"></span></button>`
            }
          </th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${sortRows(rows, sort.key, sort.isDescending).map(
        (row) => html`<${Line} key=${row.id} row=${row} hasTenants=${hasTenants} isOwn=${isOwn} />`,
      )}
    </tbody>
  </table>`;
}

function Line({
  row,
  hasTenants,
  isOwn,
}: Pick<ConnectionTableProps, "hasTenants"> & {
  readonly row: ConnectionRow;
  readonly isOwn: boolean;
}): VNode {
  const { nowMs } = useSession();
  const { connection, tenantId } = row;
  const { verdict, connectionKey, lastContactDateTime } = connection;
  const href = toHash({ view: "connection", tenant: tenantId, connectionKey, day: undefined, days: 30 });
  return html`<tr class="line line--${verdict}">
    <th scope="row" class="line__name">
      <a href=${href} dir="auto">${row.name}</a>
      <span class="line__kind">${row.kind}${hasTenants ? html` · <span dir="auto">${row.tenantName}</span>` : ""}</span>
    </th>
    <td data-label="State" class="line__state">
      <div>
        <${StateChip} verdict=${verdict} />
        ${row.note !== undefined && html`<span class="line__note" dir="auto">${row.note}</span>`}
        ${row.quiet.map((why) => html`<span class="line__quiet"><${Icon} name="quiet" /><span dir="auto">${why}</span></span>`)}
      </div>
    </td>
    <td data-label="Since"><${TimeAgo} at=${row.sinceDateTime} /></td>
    <td data-label="Last contact"><${TimeAgo} at=${lastContactDateTime} /></td>
    ${
      !isOwn &&
      html`<td data-label="Value"><${Meter} measured=${row.measured} verdict=${verdict} /></td>
        <td data-label="Next date" class="line__date"><${NextDate} row=${row} /></td>
        <td data-label="90 days" class="line__bar"><${DayBar} cells=${barOf(connection, nowMs)} /></td>`
    }
  </tr>`;
}

function Meter({ measured, verdict }: { readonly measured: Measured | undefined; readonly verdict: string }): VNode {
  if (measured === undefined) return NONE;
  const { value, limit, ratio } = measured;
  return html`<span class="meter">
    <span class="meter__text">${value}${limit !== undefined && html`<span class="muted"> / ${limit}</span>`}</span>
    ${
      ratio !== undefined &&
      html`<svg class="meter__bar meter__bar--${verdict}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="meter__rail" width="100" height="4" /><rect class="meter__fill" width=${Math.round(ratio * 100)} height="4" />
      </svg>`
    }
  </span>`;
}

function NextDate({ row: { deadline } }: { readonly row: ConnectionRow }): VNode {
  if (deadline === undefined) return NONE;
  return html`<div>
    <${TimeAgo} at=${deadline.dateTime} /><span class="line__kind">${DEADLINE_WORDS[deadline.kind]}</span>
  </div>`;
}

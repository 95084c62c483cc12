import { html } from "htm/preact";
import type { VNode } from "preact";
import { type DayCell, type DayState, sayBar } from "../model/day-cells.ts";
import { NONE } from "./small-parts.ts";

/** How high a cell stands: the graver the higher, so that colour is not all that tells. */
const HEIGHTS: Readonly<Record<DayState, number>> = {
  critical: 24,
  error: 21,
  warning: 17,
  blind: 14,
  "partly-blind": 14,
  info: 14,
  pending: 14,
  maintenance: 11,
  ok: 11,
  "not-judged": 4,
  none: 2,
};

const BOX_HEIGHT = 24;

/** Draws one cell a day; what it shows is said in words too. */
export function DayBar({ cells }: { readonly cells: readonly DayCell[] | undefined }): VNode {
  if (cells === undefined) return NONE;
  return html`<svg
    class="day-bar"
    viewBox="0 0 ${cells.length * 4} ${BOX_HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-label=${sayBar(cells)}
  >
    ${cells.map(({ day, state }, index) => {
      const height = HEIGHTS[state];
      return html`<rect key=${day} class="day day--${state}" x=${index * 4} y=${BOX_HEIGHT - height} width="3" height=${height} />`;
    })}
  </svg>`;
}

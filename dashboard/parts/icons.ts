import { html } from "htm/preact";
import type { VNode } from "preact";

/** The shapes of the icons, drawn in a box of 16 by 16; each state has an outline of its own. */
const SHAPES = {
  critical: "M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2zM5.5 5.5l5 5m0-5-5 5",
  error: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 4.5v4.2m0 2.6v.1",
  warning: "M8 1.8 15 14H1zM8 6.2v3.6m0 2v.1",
  unknown: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM6 6.2C6.2 4 9.9 4 9.9 6.4 9.9 8 8 7.9 8 9.4m0 2v.1",
  info: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 7.3v4.2M8 4.6v.1",
  pending: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 4.2V8l2.6 1.8",
  ok: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM5 8.2l2.2 2.2L11 6.2",
  "not-judged": "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM5 8h6",
  quiet: "M2 6v4h2.5L8 13V3L4.5 6zM11 6l4 4m0-4-4 4",
  theme: "M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13",
  key: "M10.5 1.5a4 4 0 1 1-3 6.6L2.5 13v1.5H5V13h1.5v-1.5H8L9 10m2-5v.1",
  link: "M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13 3 7.5 8.5",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof SHAPES;

/** Draws an icon that says nothing by itself: text stands beside it. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return html`<svg class="icon icon--${name}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d=${SHAPES[name]} />
  </svg>`;
}

import { html } from "htm/preact";
import type { ComponentChildren, VNode } from "preact";
import { useId } from "preact/hooks";
import type { ConnectionBody } from "../../src/http/contract/connections.ts";
import type { Failure } from "../data/create-client.ts";
import { useSession } from "../data/session.ts";
import { sayDistance, sayInstant } from "../model/say-time.ts";
import { VERDICT_WORDS } from "../model/words.ts";
import { Icon } from "./icons.ts";

/** Shows a verdict by icon, word and colour. */
export function StateChip({
  verdict,
  text = VERDICT_WORDS[verdict],
}: {
  readonly verdict: ConnectionBody["verdict"];
  readonly text?: string;
}): VNode {
  return html`<span class="chip chip--${verdict}"><${Icon} name=${verdict} />${text}</span>`;
}

/** Stands where a cell has nothing to say. */
export const NONE: VNode = html`<span class="none">–</span>`;

/** Shows an instant as a distance from now, with the instant itself in UTC as its title; a dash where there is none. */
export function TimeAgo({ at, never }: { readonly at: string | null | undefined; readonly never?: string }): VNode {
  const { nowMs } = useSession();
  if (at === null) return html`<span class="muted">never</span>`;
  if (at === undefined) return never === undefined ? NONE : html`<span class="muted">${never}</span>`;
  const atMs = Date.parse(at);
  return html`<time datetime=${at} title=${sayInstant(atMs)}>${sayDistance(atMs, nowMs)}</time>`;
}

/** Shows an instant in UTC, with its distance as its title. */
export function Instant({ at }: { readonly at: string }): VNode {
  const { nowMs } = useSession();
  const atMs = Date.parse(at);
  return html`<time datetime=${at} title=${sayDistance(atMs, nowMs)}>${sayInstant(atMs)}</time>`;
}

/** Frames a part of a page under a heading. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children?: ComponentChildren;
}): VNode {
  const id = useId();
  return html`<section class="section" aria-labelledby=${id}>
    <div class="section__head"><h2 id=${id}>${title}</h2>${aside}</div>
    ${children}
  </section>`;
}

/** Stands where something is still on its way. */
export function Loading({ lines = 3 }: { readonly lines?: number }): VNode {
  return html`<div class="loading" role="status">
    <span class="visually-hidden">Loading</span>
    ${Array.from({ length: lines }, () => html`<div class="loading__line"></div>`)}
  </div>`;
}

/** Stands where there is nothing to show, and says why that is. */
export function Empty({ children }: { readonly children?: ComponentChildren }): VNode {
  return html`<p class="empty">${children}</p>`;
}

/** Says why something cannot be shown. */
export function Problem({ failure, what }: { readonly failure: Failure; readonly what: string }): VNode {
  const isBlind = failure.kind === "offline" || failure.kind === "unavailable";
  return html`<div class="problem ${isBlind ? "problem--blind" : ""}" role="alert">
    <${Icon} name=${isBlind ? "unknown" : "error"} />
    <div><strong>${what} cannot be shown.</strong> ${failure.message}</div>
  </div>`;
}

/** Says that a part of the API is not there. */
export function NotOffered({ what }: { readonly what: string }): VNode {
  return html`<${Empty}>This version of the monitor does not offer ${what}.<//>`;
}

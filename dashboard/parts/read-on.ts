import { html } from "htm/preact";
import type { ComponentChildren, VNode } from "preact";
import type { Read } from "../data/create-store.ts";
import { Problem } from "./small-parts.ts";

interface ReadOnProps {
  /** As far as it was read. */
  readonly read: Read<{ readonly nextLink?: string | undefined }>;
  readonly onMore: () => void;
  readonly children?: ComponentChildren;
}

/** Says of a list that it goes on, and reads on; nothing where it was read to its end. */
export function ReadOn({ read, onMore, children }: ReadOnProps): VNode {
  if (read.kind !== "ready" || read.body.nextLink === undefined) return html``;
  return html`
    ${read.failure !== undefined && html`<${Problem} failure=${read.failure} what="All of it" />`}
    <p class="hint">${children} <button class="button" type="button" onClick=${onMore}>Read on</button></p>
  `;
}

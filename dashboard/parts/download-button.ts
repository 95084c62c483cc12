import { html } from "htm/preact";
import type { ComponentChildren, VNode } from "preact";
import { useSession } from "../data/session.ts";

interface DownloadButtonProps {
  readonly path: string;
  /** How the file is called unless the server names it. */
  readonly name: string;
  readonly children?: ComponentChildren;
}

/** Saves an answer as a file: a plain link could not carry the key in a header. */
export function DownloadButton({ path, name, children }: DownloadButtonProps): VNode {
  const { client, announce } = useSession();
  async function save(): Promise<void> {
    const file = await client.download(path);
    if ("kind" in file) return announce(`It cannot be saved: ${file.message}`);
    const url = URL.createObjectURL(new Blob([file.text], { type: file.type }));
    const link = Object.assign(document.createElement("a"), { href: url, download: file.name ?? name });
    link.click();
    URL.revokeObjectURL(url);
    announce(`Saved ${link.download}.`);
  }
  return html`<button class="button" type="button" onClick=${save}>${children}</button>`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ConnectionBody, ConnectionsBody } from "../../src/http/contract/connections.ts";
import { pathOf } from "../data/paths.ts";
import { useReads, useSession } from "../data/session.ts";
import { channelsOf } from "../model/channels-of.ts";
import { toHash } from "../model/parse-route.ts";
import { ChannelTestDialog } from "../parts/channel-dialogs.ts";
import { Empty, Section, StateChip } from "../parts/small-parts.ts";

/** The channels that are known by what they were told, each with a test. */
export function ChannelSection({ tenantIds }: { readonly tenantIds: readonly string[] }): VNode {
  const { canWrite } = useSession();
  const reads = useReads<ConnectionsBody>(
    [...tenantIds, "fleet"].map((tenant) => pathOf("v1/connections", { tenant })),
  );
  const channels = channelsOf(reads.flatMap((read) => (read.kind === "ready" ? read.body.value : [])));
  return html`<${Section} title="Channels">
    ${!canWrite && html`<p class="hint">Enter a write key at sign-in to test a channel.</p>`}
    ${
      channels.length === 0
        ? html`<${Empty}>No channel was told of anything that is still open.<//>`
        : html`<ul class="channels">
            ${channels.map(({ name, watched }) => html`<${Channel} key=${name} name=${name} watched=${watched} canWrite=${canWrite} />`)}
          </ul>`
    }
  <//>`;
}

interface ChannelProps {
  readonly name: string;
  /** What the monitor says of it, when it is in trouble. */
  readonly watched: ConnectionBody | undefined;
  readonly canWrite: boolean;
}

function Channel({ name, watched, canWrite }: ChannelProps): VNode {
  const [isOpen, setOpen] = useState(false);
  return html`<li class="channel">
    <strong>${name}</strong>
    ${
      watched === undefined
        ? html`<span class="muted">delivers</span>`
        : html`<a href=${toHash({ view: "connection", tenant: "fleet", connectionKey: watched.connectionKey, day: undefined, days: 30 })}><span class="visually-hidden">${name}: </span><${StateChip} verdict=${watched.verdict} /></a>`
    }
    ${canWrite && html`<button class="button" type="button" onClick=${() => setOpen(true)}>Test<span class="visually-hidden"> ${name}</span></button>`}
    ${isOpen && html`<${ChannelTestDialog} channel=${name} onClose=${() => setOpen(false)} />`}
  </li>`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import type { AlertBody } from "../../src/http/contract/alerts.ts";
import type { SilenceBody } from "../../src/http/contract/silences.ts";
import type { TenantsBody } from "../../src/http/contract/tenants.ts";
import type { Outcome } from "../data/create-client.ts";
import { pathOf } from "../data/paths.ts";
import { useRead, useSession } from "../data/session.ts";
import { sayNextPoll } from "../model/say-next-poll.ts";
import { OrderDialog, type Signature, TextField, textOf, UntilField, untilOf } from "./form-parts.ts";
import { useOrder } from "./use-order.ts";

interface AlertDialogProps {
  readonly alert: AlertBody;
  readonly tenant: string;
  readonly onClose: () => void;
}

/** Lengths of time that an acknowledgement is good for, at most 7 days. */
const ACKNOWLEDGE_HOURS = [
  [4, "4 hours"],
  [24, "1 day"],
  [72, "3 days"],
  [167, "7 days"],
] as const;

/** Lengths of time that a silence lasts, at most 90 days. */
const SILENCE_HOURS = [
  [1, "1 hour"],
  [8, "8 hours"],
  [24, "1 day"],
  [168, "7 days"],
  [720, "30 days"],
  [2_159, "90 days"],
] as const;

/** Says from when on the polls of a tenant heed an order. */
function useNextPoll(tenant: string): string {
  const { nowMs } = useSession();
  const read = useRead<TenantsBody>("v1/tenants");
  const found = read.kind === "ready" ? read.body.value.find(({ tenantId }) => tenantId === tenant) : undefined;
  return sayNextPoll(found?.lastPoll, nowMs);
}

/** Asks for an acknowledgement of an alert: no reminders until it ends, gets graver or time is up. */
export function AcknowledgeDialog({ alert, tenant, onClose }: AlertDialogProps): VNode {
  const { client } = useSession();
  const order = useOrder();
  const fromNextPoll = useNextPoll(tenant);
  const path = pathOf(`v1/alerts/${alert.alertKey}/acknowledgement`, { tenant });
  const onOrder = (form: FormData, signature: Signature): Promise<Outcome> =>
    order(
      { method: "PUT", path, body: { until: untilOf(form, client.nowMs()), ...signature } },
      `Acknowledged. It shows here ${fromNextPoll}.`,
    );
  const hint = "Nobody is reminded of it for that long, unless it gets graver. Its end is still told.";
  return html`<${OrderDialog} title="Acknowledge: ${alert.title}" action="Acknowledge" hint=${hint} onOrder=${onOrder} onClose=${onClose}>
    <${UntilField} options=${ACKNOWLEDGE_HOURS} />
  <//>`;
}

/** Takes an acknowledgement back. */
export function TakeBackDialog({ alert, tenant, onClose }: AlertDialogProps): VNode {
  const order = useOrder();
  const fromNextPoll = useNextPoll(tenant);
  const path = pathOf(`v1/alerts/${alert.alertKey}/acknowledgement`, { tenant });
  const onOrder = (_form: FormData, signature: Signature): Promise<Outcome> =>
    order({ method: "DELETE", path, body: { ...signature } }, `Taken back. It shows here ${fromNextPoll}.`);
  return html`<${OrderDialog} title="Take the acknowledgement back" action="Take it back" onOrder=${onOrder} onClose=${onClose} />`;
}

/** Asks for a silence; what is already known of it is filled in. */
export function SilenceDialog({
  match,
  tenant,
  onClose,
}: {
  readonly match: SilenceBody["match"];
  readonly tenant: string;
  readonly onClose: () => void;
}): VNode {
  const { client } = useSession();
  const order = useOrder();
  const fromNextPoll = useNextPoll(tenant);
  const path = pathOf("v1/silences", { tenant });
  const onOrder = (form: FormData, signature: Signature): Promise<Outcome> => {
    const given = ["connection", "rule", "severity"].map((name) => [name, textOf(form, name)] as const);
    const wanted = Object.fromEntries(given.filter(([, value]) => value !== ""));
    const body = { match: wanted, until: untilOf(form, client.nowMs()), ...signature };
    return order(
      { method: "POST", path, body },
      `Silenced. Nothing that fits is told meanwhile; alerts show it ${fromNextPoll}.`,
    );
  };
  const hint = "All that is given must fit; * stands for any text, an empty field fits everything.";
  return html`<${OrderDialog} title="Silence alerts" action="Silence" hint=${hint} onOrder=${onOrder} onClose=${onClose}>
    <${MatchFields} match=${match} />
    <${UntilField} options=${SILENCE_HOURS} />
  <//>`;
}

function MatchFields({ match }: { readonly match: SilenceBody["match"] }): VNode {
  return html`<${TextField}
      name="connection"
      label="Connection"
      hint="Its id or name."
      maxlength="256"
      defaultValue=${match.connection ?? ""}
    />
    <${TextField}
      name="rule"
      label="Rule"
      hint="Its id, such as heartbeat-age."
      maxlength="64"
      defaultValue=${match.rule ?? ""}
    />
    <label class="field">
      <span class="field__label">Severity</span>
      <select name="severity">
        <option value="">Any</option>
        ${["info", "warning", "error", "critical"].map((severity) => html`<option value=${severity}>${severity}</option>`)}
      </select>
    </label>`;
}

/** Ends a silence before its time. */
export function EndSilenceDialog({
  silence,
  tenant,
  onClose,
}: {
  readonly silence: SilenceBody;
  readonly tenant: string;
  readonly onClose: () => void;
}): VNode {
  const order = useOrder();
  const fromNextPoll = useNextPoll(tenant);
  const path = pathOf(`v1/silences/${encodeURIComponent(silence.id)}`, { tenant });
  const onOrder = (_form: FormData, signature: Signature): Promise<Outcome> =>
    order({ method: "DELETE", path, body: { ...signature } }, `Ended. What fits is told again ${fromNextPoll}.`);
  return html`<${OrderDialog} title="End the silence" action="End it" onOrder=${onOrder} onClose=${onClose} />`;
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import type { DeliveryBody } from "../../src/http/contract/deliveries.ts";
import type { Outcome } from "../data/create-client.ts";
import { pathOf } from "../data/paths.ts";
import { OrderDialog, type Signature } from "./form-parts.ts";
import { useOrder } from "./use-order.ts";

/** Asks why a notification that was given up is to be sent again. */
export function ReplayDialog({
  delivery,
  tenant,
  onClose,
}: {
  readonly delivery: DeliveryBody;
  readonly tenant: string;
  readonly onClose: () => void;
}): VNode {
  const order = useOrder();
  const path = pathOf(`v1/deliveries/${encodeURIComponent(delivery.id ?? "")}/replay`, { tenant });
  const onOrder = (_form: FormData, signature: Signature): Promise<Outcome> =>
    order({ method: "POST", path, body: { ...signature } }, "It is on its way again.");
  return html`<${OrderDialog} title="Send again to ${delivery.channel}" action="Send again" onOrder=${onOrder} onClose=${onClose} />`;
}

const HINT = "Sends one message that says it is a test. A good test also ends a pause after failures.";

/** Asks why a channel is tested; a message goes out once, and what came of it is said. */
export function ChannelTestDialog({
  channel,
  onClose,
}: {
  readonly channel: string;
  readonly onClose: () => void;
}): VNode {
  const order = useOrder();
  const path = pathOf(`v1/channels/${encodeURIComponent(channel)}/test`);
  const onOrder = async (_form: FormData, signature: Signature): Promise<Outcome> => {
    const outcome = await order({ method: "POST", path, body: { ...signature } }, `The test reached ${channel}.`);
    const reason = outcome.kind === "done" ? failureOf(outcome.body) : undefined;
    return reason === undefined
      ? outcome
      : { kind: "failed", failure: { kind: "failed", message: `The test did not reach ${channel}: ${reason}` } };
  };
  return html`<${OrderDialog} title="Test ${channel}" action="Send a test" hint=${HINT} onOrder=${onOrder} onClose=${onClose} />`;
}

function failureOf(body: unknown): string | undefined {
  const { outcome, reason }: { readonly outcome?: unknown; readonly reason?: unknown } = Object(body);
  return outcome === "failed" ? (typeof reason === "string" ? reason : "no reason is given") : undefined;
}

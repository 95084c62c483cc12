import { html } from "htm/preact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { AlertBody } from "../../../src/http/contract/alerts.ts";
import type { ConnectionBody } from "../../../src/http/contract/connections.ts";
import { useSession } from "../../data/session.ts";
import { measureOfAlert } from "../../model/measure.ts";
import { sayCause } from "../../model/say-cause.ts";
import { sayQuiet } from "../../model/words.ts";
import { Icon } from "../../parts/icons.ts";
import { AcknowledgeDialog, SilenceDialog, TakeBackDialog } from "../../parts/order-dialogs.ts";
import { Section, StateChip, TimeAgo } from "../../parts/small-parts.ts";

interface AlertCardsProps {
  readonly alerts: readonly AlertBody[];
  readonly connection: ConnectionBody;
  readonly tenant: string;
}

/** The alerts that are not over, gravest first, each with what happens next and what to do. */
export function AlertCards({ alerts, connection, tenant }: AlertCardsProps): VNode {
  if (alerts.length === 0) return html``;
  return html`<${Section} title="What is wrong">
    <ul class="cards">
      ${alerts.map((alert) => html`<${AlertCard} key=${alert.alertKey} alert=${alert} connection=${connection} tenant=${tenant} />`)}
    </ul>
  <//>`;
}

function Facts({ alert, connection }: Omit<AlertCardProps, "tenant">): VNode {
  const { nowMs } = useSession();
  const { phase, episode, sinceDateTime, told } = alert;
  const measured = measureOfAlert(connection, alert, nowMs);
  return html`<p class="card__facts">
    ${phase === "pending" ? "Waiting to be confirmed, since " : "Fires since "}
    <${TimeAgo} at=${episode?.firedDateTime ?? sinceDateTime} />
    ${measured !== undefined && html` · <strong>${measured.value}</strong>${measured.limit === undefined ? "" : `, ${measured.limit}`}`}
    ${told.length > 0 && html` · told to ${told.map(({ channel }) => channel).join(", ")}`}
  </p>`;
}

interface AlertCardProps {
  readonly alert: AlertBody;
  readonly connection: ConnectionBody;
  readonly tenant: string;
}

function AlertCard({ alert, connection, tenant }: AlertCardProps): VNode {
  const { severity = "pending", phase, title, consequence, remedy, quiet } = alert;
  const cause = sayCause(connection);
  const shown = phase === "pending" ? "pending" : severity;
  return html`<li class="card card--${shown}">
    <div class="card__head">
      <h3>${title}</h3>
      <${StateChip} verdict=${shown} />
      ${phase === "recovering" && html`<span class="tag">recovering</span>`}
    </div>
    <${Facts} alert=${alert} connection=${connection} />
    <dl class="card__words">
      ${cause !== undefined && html`<div><dt>Cause</dt><dd dir="auto">${cause}</dd></div>`}
      <div><dt>What happens next</dt><dd>${consequence}</dd></div>
      <div><dt>What to do</dt><dd>${remedy}</dd></div>
    </dl>
    ${quiet.map((why) => html`<p class="line__quiet"><${Icon} name="quiet" /><span dir="auto">${sayQuiet(why)}</span></p>`)}
    <${Actions} alert=${alert} connection=${connection} tenant=${tenant} />
  </li>`;
}

function Actions({ alert, connection, tenant }: AlertCardProps): VNode {
  const { canWrite } = useSession();
  const [open, setOpen] = useState<"acknowledge" | "silence" | "take-back" | undefined>(undefined);
  const isAcknowledged = alert.quiet.some(({ kind }) => kind === "acknowledged");
  const close = (): void => setOpen(undefined);
  const which = html`<span class="visually-hidden">: ${alert.title}</span>`;
  if (!canWrite) return html`<p class="hint">Enter a write key at sign-in to acknowledge or silence it.</p>`;
  return html`<div class="card__buttons">
    ${
      alert.episode !== undefined &&
      (isAcknowledged
        ? html`<button class="button" type="button" onClick=${() => setOpen("take-back")}>Take the acknowledgement back${which}</button>`
        : html`<button class="button" type="button" onClick=${() => setOpen("acknowledge")}>Acknowledge${which}</button>`)
    }
    <button class="button" type="button" onClick=${() => setOpen("silence")}>Silence${which}</button>
    ${open === "acknowledge" && html`<${AcknowledgeDialog} alert=${alert} tenant=${tenant} onClose=${close} />`}
    ${open === "take-back" && html`<${TakeBackDialog} alert=${alert} tenant=${tenant} onClose=${close} />`}
    ${
      open === "silence" &&
      html`<${SilenceDialog}
        match=${{ connection: connection.reading.connectionId, rule: alert.ruleId }}
        tenant=${tenant}
        onClose=${close}
      />`
    }
  </div>`;
}

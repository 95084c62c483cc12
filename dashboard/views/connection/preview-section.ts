import { html } from "htm/preact";
import type { TargetedSubmitEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import type { PreviewBody } from "../../../src/http/contract/preview.ts";
import type { ConnectionBody } from "../../../src/http/contract.ts";
import type { Failure } from "../../data/create-client.ts";
import { pathOf, spanStart } from "../../data/paths.ts";
import { useSession } from "../../data/session.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { limitFields, toRuleSettings } from "../../model/trial.ts";
import { capital } from "../../model/words.ts";
import { textOf } from "../../parts/form-parts.ts";
import { NotOffered, Problem, Section } from "../../parts/small-parts.ts";
import { PreviewResult } from "./preview-result.ts";

interface PreviewSectionProps {
  readonly connection: ConnectionBody;
  readonly route: ConnectionRoute;
}

/** Tries other limits on the stored readings of a connection: what would have fired, when and for how long. */
export function PreviewSection({ connection, route }: PreviewSectionProps): VNode {
  const ruleIds = [...new Set(connection.thresholds.map(({ ruleId }) => ruleId))];
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [result, setResult] = useState<PreviewBody | Failure | undefined>(undefined);
  const tryOut = useTrial(route, setResult);
  const [first] = ruleIds;
  if (first === undefined) return html``;
  const ruleId = chosen ?? first;
  const fields = limitFields(connection.thresholds, ruleId);

  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void tryOut(
      ruleId,
      toRuleSettings(fields, (name) => textOf(form, name)),
    );
  }

  return html`<${Section} title="Try another threshold">
    <form class="preview" onSubmit=${submit}>
      <label class="field">
        <span class="field__label">Rule</span>
        <select value=${ruleId} onChange=${(event: Event) => setChosen(chosenIn(event))}>
          ${ruleIds.map((id) => html`<option key=${id} value=${id}>${capital(id)}</option>`)}
        </select>
      </label>
      ${fields.map(
        ({ name, severity, unit, value }) => html`<label class="field" key="${ruleId} ${name}">
          <span class="field__label">${capital(severity)} (${unit})</span>
          <input name=${name} type="number" min="0" max="9999" step="any" required defaultValue=${value} />
        </label>`,
      )}
      <button class="button" type="submit">Try on the last ${route.days} days</button>
    </form>
    <${Answer} result=${result} />
  <//>`;
}

function Answer({ result }: { readonly result: PreviewBody | Failure | undefined }): VNode {
  if (result === undefined) {
    return html`<p class="hint">Stored readings are replayed through your limits beside those that hold. Nothing is changed.</p>`;
  }
  if (!("kind" in result)) return html`<${PreviewResult} preview=${result} />`;
  return result.kind === "missing"
    ? html`<${NotOffered} what="a preview" />`
    : html`<${Problem} failure=${result} what="The preview" />`;
}

/** Asks for a preview; it writes nothing and needs no write key. */
function useTrial(route: ConnectionRoute, onResult: (result: PreviewBody | Failure) => void) {
  const { client, announce } = useSession();
  return async (ruleId: string, settings: Readonly<Record<string, string>>): Promise<void> => {
    const { tenant, connectionKey: connection, days } = route;
    const body = { connection, rules: { [ruleId]: settings }, from: spanStart(days, client.nowMs()) };
    const outcome = await client.write({ method: "POST", path: pathOf("v1/rules/preview", { tenant }), body });
    announce(outcome.kind === "done" ? "The preview is ready." : "There is no preview.");
    onResult(outcome.kind === "done" ? asPreview(outcome.body) : outcome.failure);
  };
}

/** The server answers in the shape of its contract, which its tests hold it to. */
function asPreview(body: unknown): PreviewBody {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checking each answer again would double the page
  return body as PreviewBody;
}

function chosenIn({ currentTarget }: Event): string | undefined {
  return currentTarget instanceof HTMLSelectElement ? currentTarget.value : undefined;
}

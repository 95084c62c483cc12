import { html } from "htm/preact";
import type { TargetedSubmitEvent, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConnectionBody, RuleLimitsBody } from "../../../src/http/contract/connections.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import { fieldFaults, limitFields, toRuleSettings } from "../../model/trial.ts";
import { capital } from "../../model/words.ts";
import { textOf } from "../../parts/form-parts.ts";
import { Loading, Problem, Section } from "../../parts/small-parts.ts";
import { LimitInput } from "./limit-input.ts";
import { PreviewResult } from "./preview-result.ts";
import { type Trial, useTrial } from "./use-trial.ts";

interface PreviewSectionProps {
  readonly connection: ConnectionBody;
  readonly route: ConnectionRoute;
}

/** Tries other limits on the stored readings of a connection: what would have fired, when and for how long. */
export function PreviewSection({ connection, route }: PreviewSectionProps): VNode {
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const { ruleLimits } = connection;
  const rule = ruleLimits.find(({ ruleId }) => ruleId === chosen) ?? ruleLimits[0];
  if (rule === undefined) return html``;
  return html`<${Section} title="Try another threshold">
    <label class="field preview__rule">
      <span class="field__label">Rule</span>
      <select value=${rule.ruleId} onChange=${(event: Event) => setChosen(chosenIn(event))}>
        ${ruleLimits.map(
          ({ ruleId, enabled }) =>
            html`<option key=${ruleId} value=${ruleId}>${capital(ruleId)}${enabled ? "" : " (off)"}</option>`,
        )}
      </select>
    </label>
    <${TrialForm} key=${rule.ruleId} connection=${connection} route=${route} rule=${rule} />
  <//>`;
}

function TrialForm({ connection, route, rule }: PreviewSectionProps & { readonly rule: RuleLimitsBody }): VNode {
  const { trial, tryOut, forget } = useTrial(route);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>("[aria-invalid]")?.focus(), [trial]);
  const { ruleId } = rule;
  const fields = limitFields(connection, rule);
  const faults = fieldFaults(trial.kind === "failed" ? trial.failure.errors : undefined, ruleId, fields);

  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const settings = toRuleSettings(fields, (name) => textOf(entered, name));
    void tryOut(ruleId, settings);
  }

  return html`
    <form class="preview" ref=${form} onSubmit=${submit} onReset=${forget}>
      <div class="preview__fields">
        ${fields.map((field) => html`<${LimitInput} key=${field.name} field=${field} fault=${faults.get(field.name)} />`)}
      </div>
      <div class="preview__buttons">
        <button class="button" type="submit" disabled=${trial.kind === "asked"}>Try on the last ${route.days} days</button>
        <button class="button button--quiet" type="reset">Reset</button>
      </div>
    </form>
    ${faults.size === 0 && html`<${Answer} trial=${trial} />`}
  `;
}

function Answer({ trial }: { readonly trial: Trial }): VNode {
  switch (trial.kind) {
    case "none":
      return html`<p class="hint">Stored readings are replayed through your limits beside those that hold. Nothing is changed.</p>`;
    case "asked":
      return html`<${Loading} />`;
    case "failed":
      return html`<${Problem} failure=${trial.failure} what="The preview" />`;
    case "told":
      return html`<${PreviewResult} preview=${trial.preview} />`;
  }
}

function chosenIn({ currentTarget }: Event): string | undefined {
  return currentTarget instanceof HTMLSelectElement ? currentTarget.value : undefined;
}

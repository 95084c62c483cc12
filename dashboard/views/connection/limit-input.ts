import { html } from "htm/preact";
import type { VNode } from "preact";
import { type LimitField, MAX_LIMIT } from "../../model/trial.ts";

interface LimitInputProps {
  readonly field: LimitField;
  /** What is wrong with what was tried. */
  readonly fault: string | undefined;
}

/** Takes another value for one limit; only a step that is off may be left empty. */
export function LimitInput({ field, fault }: LimitInputProps): VNode {
  const { name, label, unit, value, hint } = field;
  const id = `limit-${name}`;
  return html`<div class="field">
    <label class="field__label" for=${id}>${label} (${unit})</label>
    <input
      id=${id}
      name=${name}
      type="number"
      min="0"
      max=${MAX_LIMIT[unit]}
      step="any"
      required=${value !== undefined}
      placeholder=${value === undefined ? "off" : undefined}
      defaultValue=${value}
      aria-invalid=${fault === undefined ? undefined : "true"}
      aria-describedby=${fault === undefined ? `${id}-hint` : `${id}-fault ${id}-hint`}
    />
    ${fault !== undefined && html`<span class="field__problem" id="${id}-fault">${fault}</span>`}
    <span class="field__hint" id="${id}-hint">${hint}</span>
  </div>`;
}

import { html } from "htm/preact";
import type { ComponentChildren, InputHTMLAttributes, TargetedSubmitEvent, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Outcome } from "../data/create-client.ts";
import { keepPerson, readPerson } from "../data/session-keys.ts";

/** Returns the text of a field, without the blanks around it. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** What a person writes with every order. */
export interface Signature {
  readonly reason: string;
  readonly by: string;
}

/** What a dialog for an order is given. */
interface OrderDialogProps {
  readonly title: string;
  readonly action: string;
  /** Carries the order out; the dialog closes when it is done. */
  readonly onOrder: (form: FormData, signature: Signature) => Promise<Outcome>;
  readonly onClose: () => void;
  /** What the order does. */
  readonly hint?: string;
  /** The fields beside the reason. */
  readonly children?: ComponentChildren;
}

/** Asks for a reason and a name, and carries out an order that is kept in the audit rows. */
export function OrderDialog({ title, action, hint, onOrder, onClose, children }: OrderDialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  async function order(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const by = textOf(form, "by");
    keepPerson(sessionStorage, by);
    setBusy(true);
    const outcome = await onOrder(form, { reason: textOf(form, "reason"), by });
    setBusy(false);
    if (outcome.kind === "done") dialog.current?.close();
    else setProblem(outcome.failure.message);
  }

  return html`<dialog class="dialog" ref=${dialog} onClose=${onClose} aria-labelledby="dialog-title" aria-describedby=${hint && "dialog-hint"}>
    <form onSubmit=${order}>
      <h2 id="dialog-title">${title}</h2>
      ${hint && html`<p class="hint" id="dialog-hint">${hint}</p>`}
      ${children}
      <${SignatureFields} />
      ${problem !== "" && html`<p class="field__problem" role="alert">${problem}</p>`}
      <div class="dialog__buttons">
        <button class="button" type="button" onClick=${() => dialog.current?.close()}>Cancel</button>
        <button class="button button--primary" type="submit" disabled=${isBusy}>${action}</button>
      </div>
    </form>
  </dialog>`;
}

function SignatureFields(): VNode {
  return html`
    <${TextField} name="reason" label="Reason" required maxlength="200" placeholder="What is known, and who looks after it" />
    <${TextField}
      name="by"
      label="Your name"
      hint="Kept with the reason in the audit rows."
      required
      maxlength="100"
      defaultValue=${readPerson(sessionStorage)}
      autocomplete="name"
    />
  `;
}

/** What a field for a line of text is given; the rest is for the input. */
type TextFieldProps = InputHTMLAttributes & {
  readonly name: string;
  readonly label: string;
  /** Describes the field and is no part of its name. */
  readonly hint?: ComponentChildren;
};

/** Asks for a line of text. */
export function TextField({ name, label, hint, ...input }: TextFieldProps): VNode {
  const id = `field-${name}`;
  return html`<div class="field">
    <label class="field__label" for=${id}>${label}</label>
    <input autocomplete="off" ...${input} id=${id} name=${name} aria-describedby=${hint && `${id}-hint`} />
    ${hint && html`<span class="field__hint" id="${id}-hint">${hint}</span>`}
  </div>`;
}

/** Offers lengths of time from now; the value is the length in hours. */
export function UntilField({
  options,
}: {
  readonly options: readonly (readonly [hours: number, text: string])[];
}): VNode {
  return html`<label class="field">
    <span class="field__label">For</span>
    <select name="hours">
      ${options.map(([hours, text], index) => html`<option value=${hours} selected=${index === 1}>${text}</option>`)}
    </select>
  </label>`;
}

/** Returns the instant that a chosen length of time leads to, as text. */
export function untilOf(form: FormData, nowMs: number): string {
  const untilMs = nowMs + Number(textOf(form, "hours")) * 3_600_000;
  return new Date(Math.floor(untilMs / 1_000) * 1_000).toISOString().replace(".000", "");
}

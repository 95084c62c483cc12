import type { Draft } from "./draft.ts";
import { type Part, partsOf, type SlotsOf } from "./form.ts";

/** One kind of line of the language. */
export interface Statement {
  /** How it is written, as people read it. */
  readonly form: string;
  readonly parts: readonly Part[];
  /** What it means: one sentence or two. */
  readonly says: string;
  /** Takes it into the draft; throws a StatementError when it cannot be. */
  readonly apply: (draft: Draft, slots: Readonly<Record<string, unknown>>) => void;
}

/** Defines a statement by its form, in which each place has a name and a type, and by what it does. */
export function statement<const Form extends string>(
  form: Form,
  says: string,
  apply: (draft: Draft, slots: SlotsOf<Form>) => void,
): Statement {
  return {
    form: form.replaceAll(/<([a-zA-Z]+):[a-zA-Z]+>/g, "<$1>"),
    parts: partsOf(form),
    says,
    // The matcher fills the places of this form with values of their types: that is what `SlotsOf` says.
    apply: (draft, slots) => apply(draft, slots as SlotsOf<Form>),
  };
}

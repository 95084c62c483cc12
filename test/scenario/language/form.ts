import { SLOTS, type SlotName, type SlotValue } from "./slots.ts";
import type { Token } from "./tokens.ts";

/**
 * What a form's places hold: `<name:type>`, or `<type>` for a place named like its type. What stands in `[brackets]` may be
 * left out.
 */
export type SlotsOf<Form extends string> = Form extends `${infer Before}[${infer Maybe}]${infer After}`
  ? RequiredSlots<Before> & Partial<RequiredSlots<Maybe>> & SlotsOf<After>
  : RequiredSlots<Form>;

type RequiredSlots<Form extends string> = Form extends `${string}<${infer Place}>${infer Rest}`
  ? OneSlot<Place> & RequiredSlots<Rest>
  : unknown;

type OneSlot<Place extends string> = Place extends `${infer Name}:${infer Type extends SlotName}`
  ? { readonly [K in Name]: SlotValue<Type> }
  : Place extends SlotName
    ? { readonly [K in Place]: SlotValue<Place> }
    : never;

/** A form taken apart. */
export type Part =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "slot"; readonly name: string; readonly type: SlotName }
  | { readonly kind: "maybe"; readonly parts: readonly Part[] };

/** What matching found: the values by place, or how far it came and what would have let it go on. */
export type FormMatch =
  | { readonly kind: "match"; readonly slots: Readonly<Record<string, unknown>> }
  | { readonly kind: "mismatch"; readonly at: number; readonly expected: readonly string[] };

const PART = /\[([^\]]*)\]|<(?:([a-zA-Z]+):)?([a-zA-Z]+)>|(\S+)/g;

/** Takes a form apart; a place whose type does not exist is an error of ours. */
export function partsOf(form: string): readonly Part[] {
  return [...form.matchAll(PART)].map(([, maybe, name, type, word]): Part => {
    if (maybe !== undefined) return { kind: "maybe", parts: partsOf(maybe) };
    if (type === undefined) return { kind: "word", word: word ?? "" };
    if (!isSlotName(type))
      throw new TypeError(`Cannot read a form: a known type is wanted, current value is "${type}"`);
    return { kind: "slot", name: name ?? type, type };
  });
}

/** Lays tokens along a form. A group in brackets counts as begun with its first token: from there on it must fit. */
export function matchForm(parts: readonly Part[], tokens: readonly Token[]): FormMatch {
  const end = matchParts(parts, tokens, { at: 0, slots: {}, expected: [] });
  if (end.kind === "mismatch") return end;
  const { at, slots, expected } = end.position;
  return at === tokens.length
    ? { kind: "match", slots }
    : { kind: "mismatch", at, expected: [...expected, "the end of the line"] };
}

/** How far along the tokens; `expected` could have stood here too. */
interface Position {
  readonly at: number;
  readonly slots: Readonly<Record<string, unknown>>;
  readonly expected: readonly string[];
}

type Step = { readonly kind: "on"; readonly position: Position } | Extract<FormMatch, { kind: "mismatch" }>;

function matchParts(parts: readonly Part[], tokens: readonly Token[], start: Position): Step {
  let position = start;
  for (const part of parts) {
    const step = part.kind === "maybe" ? matchMaybe(part.parts, tokens, position) : matchOne(part, tokens, position);
    if (step.kind === "mismatch") return step;
    position = step.position;
  }
  return { kind: "on", position };
}

function matchMaybe(parts: readonly Part[], tokens: readonly Token[], position: Position): Step {
  const step = matchParts(parts, tokens, position);
  if (step.kind === "on" || step.at > position.at) return step;
  return { kind: "on", position: { ...position, expected: step.expected } };
}

function matchOne(part: Exclude<Part, { kind: "maybe" }>, tokens: readonly Token[], position: Position): Step {
  const { at, slots, expected } = position;
  const token = tokens[at];
  if (part.kind === "word") {
    return token?.text === part.word && !token.isQuoted
      ? { kind: "on", position: { at: at + 1, slots, expected: [] } }
      : { kind: "mismatch", at, expected: [...expected, `"${part.word}"`] };
  }
  const { wants, parse } = SLOTS[part.type];
  const value = token === undefined ? undefined : parse(token);
  return value === undefined
    ? { kind: "mismatch", at, expected: [...expected, wants] }
    : { kind: "on", position: { at: at + 1, slots: { ...slots, [part.name]: value }, expected: [] } };
}

function isSlotName(type: string): type is SlotName {
  return Object.hasOwn(SLOTS, type);
}

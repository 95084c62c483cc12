import type { Change, ConnectionEvent } from "./connection-event.ts";

/** The changes of one type. */
export type ChangeOf<T extends Change["type"]> = Extract<Change, { readonly type: T }>;

/** A change and the slot that it was seen in. */
export interface Dated<C extends Change> {
  readonly atMs: number;
  readonly change: C;
}

/** Picks the changes of one type, in the order of their events. */
export function changesOf<T extends Change["type"]>(
  events: readonly ConnectionEvent[],
  type: T,
): readonly Dated<ChangeOf<T>>[] {
  const isWanted = (change: Change): change is ChangeOf<T> => change.type === type;
  return events.flatMap(({ slotMs, changes }) => changes.filter(isWanted).map((change) => ({ atMs: slotMs, change })));
}

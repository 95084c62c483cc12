/** What holds from an instant on, until the next turn. */
export interface Turn<T> {
  readonly atMs: number;
  readonly value: T;
}

/** How something stood through all time. */
export interface Timeline<T> {
  /** What held before the first turn, for ever. */
  readonly first: T;
  /** Oldest first, no two at one instant; a turn may bring what held before. */
  readonly turns: readonly Turn<T>[];
}

/** A stretch of time, half-open. */
export interface Span {
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive, and later. */
  readonly toMs: number;
}

/** A stretch of a window in which one thing held. */
export interface Interval<T> extends Span {
  /** It still holds, as far as is known: it ends with the window and with nothing else. */
  readonly isOpen: boolean;
  readonly value: T;
}

/** Returns the timeline of something that is made of two others. */
export function combine<A, B, C>(a: Timeline<A>, b: Timeline<B>, join: (a: A, b: B) => C): Timeline<C> {
  const [turnsOfA, turnsOfB] = [byInstant(a), byInstant(b)];
  const instants = [...new Set([...turnsOfA.keys(), ...turnsOfB.keys()])].sort((x, y) => x - y);
  let [left, right] = [{ value: a.first }, { value: b.first }];
  const turns = instants.map((atMs) => {
    left = turnsOfA.get(atMs) ?? left;
    right = turnsOfB.get(atMs) ?? right;
    return { atMs, value: join(left.value, right.value) };
  });
  return { first: join(a.first, b.first), turns };
}

/**
 * Cuts a window, which must not be empty, into what held in it: oldest first, without gap or overlap, no two neighbours alike.
 *
 * Of values that are alike the oldest is given, also when it is older than the window.
 * @param nameOf Gives alike values one name.
 */
export function cutWindow<T>(
  timeline: Timeline<T>,
  { fromMs, toMs }: Span,
  nameOf: (value: T) => string,
): readonly Interval<T>[] {
  const { first, turns } = withoutRepeats(timeline, nameOf);
  const value = turns.findLast(({ atMs }) => atMs <= fromMs)?.value ?? first;
  const inside = turns.filter(({ atMs }) => atMs > fromMs && atMs < toMs);
  const isEnded = turns.some(({ atMs }) => atMs >= toMs);
  return [{ atMs: fromMs, value }, ...inside].map((turn, index) => {
    const next = inside[index];
    return {
      fromMs: turn.atMs,
      toMs: next?.atMs ?? toMs,
      isOpen: next === undefined && !isEnded,
      value: turn.value,
    };
  });
}

function byInstant<T>({ turns }: Timeline<T>): ReadonlyMap<number, Turn<T>> {
  return new Map(turns.map((turn) => [turn.atMs, turn]));
}

function withoutRepeats<T>({ first, turns }: Timeline<T>, nameOf: (value: T) => string): Timeline<T> {
  let name = nameOf(first);
  const kept = turns.filter(({ value }) => {
    const before = name;
    name = nameOf(value);
    return name !== before;
  });
  return { first, turns: kept };
}

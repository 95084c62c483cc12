import type { Timeline } from "./timeline.ts";

/** What joined a set in one slot, and what left it. */
export interface SetChange<T> {
  readonly atMs: number;
  readonly began: readonly T[];
  readonly ended: readonly T[];
}

/**
 * Tells what a set held, by its changes, oldest first, and by what it holds now: so it is right also where older changes are
 * no longer kept.
 *
 * @param nameOf Gives one member one name, whatever else it says.
 */
export function setTimeline<T>(
  changes: readonly SetChange<T>[],
  current: readonly T[],
  nameOf: (member: T) => string,
): Timeline<readonly T[]> {
  const without = (members: readonly T[], others: readonly T[]) => {
    const names = new Set(others.map(nameOf));
    return members.filter((member) => !names.has(nameOf(member)));
  };
  let members = current;
  for (const { began, ended } of changes.toReversed()) members = [...without(members, [...began, ...ended]), ...ended];
  const first = members;
  const turns = changes.map(({ atMs, began, ended }) => {
    members = [...without(members, [...ended, ...began]), ...began];
    return { atMs, value: members };
  });
  return { first, turns };
}

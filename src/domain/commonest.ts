/** Returns the item that stands most often in a list, the first of several that do; undefined for an empty list. */
export function commonest<T>(items: readonly T[]): T | undefined {
  const groups = [...Map.groupBy(items, (item) => item).values()];
  return groups.toSorted((a, b) => b.length - a.length)[0]?.[0];
}

/** Holds one value in this process for a while. */
export interface Cache<T> {
  /** Returns the value held, or starts to load another when it has grown too old; callers at one time share one load. */
  readonly get: (nowMs: number, load: () => Promise<T>) => Promise<T>;
}

/** Makes an empty cache; a value, or a failure, is held for `maxAgeMs` from the start of its load. */
export function createCache<T>(maxAgeMs: number): Cache<T> {
  let held: { readonly sinceMs: number; readonly value: Promise<T> } | undefined;
  return {
    get: (nowMs, load) => {
      const ageMs = nowMs - (held?.sinceMs ?? nowMs);
      if (held === undefined || ageMs < 0 || ageMs >= maxAgeMs) held = { sinceMs: nowMs, value: load() };
      return held.value;
    },
  };
}

/**
 * Makes something on first use and keeps it; callers meanwhile share one attempt, and a failed one is made again by the
 * next caller.
 */
export function keepOnSuccess<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    if (kept === undefined) {
      const attempt = make();
      kept = attempt;
      attempt.catch(() => {
        kept = undefined;
      });
    }
    return kept;
  };
}

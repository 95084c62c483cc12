import type { Play, Told } from "./play-script.ts";
import type { Script, ScriptWant } from "./script.ts";

/** Which wants were met, and what nobody wanted. */
export interface Judgement {
  readonly met: ReadonlyMap<ScriptWant, Told>;
  readonly unmet: readonly ScriptWant[];
  readonly extras: readonly Told[];
}

/**
 * Lays what was told beside what was wanted: each want takes one notification, each notification meets one want.
 *
 * Wants whose time ends first choose first, and take the earliest that fits.
 */
export function judgePlay({ wants }: Pick<Script, "wants">, { told }: Pick<Play, "told">): Judgement {
  const met = new Map<ScriptWant, Told>();
  const left = new Set(told);
  for (const want of wants.toSorted((a, b) => a.toMs - b.toMs)) {
    const fitting = [...left].find((candidate) => fits(candidate, want));
    if (fitting === undefined) continue;
    met.set(want, fitting);
    left.delete(fitting);
  }
  return { met, unmet: wants.filter((want) => !met.has(want)), extras: [...left] };
}

function fits({ atMs, channel, facts }: Told, want: ScriptWant): boolean {
  return (
    isSame(facts, want) &&
    facts.severity === want.severity &&
    channel === want.channel &&
    atMs >= want.fromMs &&
    atMs <= want.toMs &&
    (want.tenantId === undefined || want.tenantId === facts.tenantId) &&
    (want.because === undefined || want.because === reasonOf(facts))
  );
}

/** Says whether a notification is of the wanted kind, whenever and however grave it is. */
export function isSame(facts: Told["facts"], { kind, ruleId, connection }: ScriptWant): boolean {
  return facts.kind === kind && facts.ruleId === ruleId && facts.connectionName === connection;
}

/** Why a channel was told: for a `resolved` why it ended. */
export function reasonOf({ kind, reason, endReason }: Told["facts"]): string {
  return kind === "resolved" ? (endReason ?? "recovered") : reason;
}

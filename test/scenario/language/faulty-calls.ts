import { DependencyError } from "../../../src/domain/errors.ts";

/** What becomes of a call: it is done, refused, or done while its answer is lost. */
export type Fate = "done" | "refused" | "lost";

type Call = (...args: never[]) => Promise<unknown>;

/** Lets the calls of a table port fail as their fate says; what loads or lists is a read, all else a write. */
export function withFates<P extends object>(port: P, fateOf: (isWrite: boolean) => Fate): P {
  const wrap =
    (method: string, call: Call): Call =>
    async (...args) => {
      const fate = fateOf(!/^(load|list)/.test(method));
      if (fate === "refused") throw failure();
      const result = await call(...args);
      if (fate === "lost") throw failure();
      return result;
    };
  const members = Object.entries(port as Readonly<Record<string, Call>>);
  return Object.fromEntries(members.map(([method, call]) => [method, wrap(method, call)])) as P;
}

function failure(): DependencyError {
  const operation = "play-a-scenario";
  return new DependencyError("Cannot reach the tables", {
    dependency: "tables",
    operation,
    retryable: true,
    status: 503,
  });
}

import Module from "node:module";

/** A function as an entry file registers it. */
interface RegisteredFunction {
  readonly name: string;
  /** Its trigger, as the host sees it. */
  readonly trigger: Readonly<Record<string, unknown>>;
  readonly handler: (...inputs: readonly unknown[]) => unknown;
}

/** What the loaded entry files registered. */
export interface StandInCore {
  readonly functions: ReadonlyMap<string, RegisteredFunction>;
  /** Names of the hooks, in the order of their registration. */
  readonly hooks: readonly string[];
}

interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

class Disposable {
  dispose(): void {}
}

/**
 * Provides `@azure/functions-core`, which only a worker has, to all modules that are loaded from now on in this process.
 *
 * Without it `@azure/functions` registers nothing and says so in a warning alone.
 */
export function installStandInCore(): StandInCore {
  const functions = new Map<string, RegisteredFunction>();
  const hooks: string[] = [];
  let model: unknown;
  const core = {
    version: "stand-in",
    hostVersion: "4.1000.0",
    Disposable,
    log: () => {},
    setProgrammingModel: (given: unknown) => {
      model = given;
    },
    getProgrammingModel: () => model,
    registerHook: (name: string) => {
      hooks.push(name);
      return new Disposable();
    },
    registerFunction: ({ name, bindings }: Metadata, handler: RegisteredFunction["handler"]) => {
      const trigger = Object.values(bindings).find(({ type }) => String(type).endsWith("Trigger")) ?? {};
      functions.set(name, { name, trigger, handler });
      return new Disposable();
    },
  };
  // oxlint-disable-next-line typescript/unbound-method -- Reflect.apply hands `this` on
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (original, self, args) => (args[0] === "@azure/functions-core" ? core : Reflect.apply(original, self, args)),
  });
  return { functions, hooks };
}

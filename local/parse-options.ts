import { parseArgs } from "node:util";
import { listScenarios } from "./scenarios/load-scenario.ts";

/** What `npm start` was asked for. */
export interface StartOptions {
  /** Begin anew: what an earlier start has stored is deleted. */
  readonly fresh: boolean;
  /** Loopback port of the Functions host. */
  readonly port: number;
  /** The simulated tenants; undefined for a real one. */
  readonly scenario: string | undefined;
  /** Whether two weeks of history are played on an empty store. */
  readonly history: boolean;
  /** Folder of what is kept between two starts. */
  readonly data: string;
  /** Whether simulated tenants tell their alerts by mail too. */
  readonly mail: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** Says that the command line cannot be understood, in one sentence that says what is wanted. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/** The text of `--help`. */
export const HELP = `Runs the monitor on this machine: storage emulator, simulated tenants, Functions host; all on loopback.

  npm start                            simulated tenants with two weeks of history
  npm start -- --fresh                 the same, forgetting what was stored before
  npm start -- --port 7072             another port for the Functions host (default 7071, 0 for any free one)
  npm start -- --scenario NAME         other simulated tenants: ${listScenarios().join(", ")}
  npm start -- --mail                  alerts by mail too, which arrives in the same inbox
  npm start -- --no-history            no past: begin with an empty store
  npm start -- --tenant real           real tenants of monitor.config.json, read with the default credential chain
  npm start -- --data FOLDER           keep what is stored somewhere else than in .local
  npm start -- --verbose               every log line of the app
  npm start -- --help                  this text

Ctrl-C stops everything; the next start goes on where this one ended.`;

/**
 * Reads the command line.
 *
 * @throws {OptionsError} When an option is unknown or its value is not what it takes.
 */
export function parseOptions(args: readonly string[]): StartOptions {
  const { values } = parse(args);
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
    throw new OptionsError(`Cannot use --port: a number from 0 to 65535 is wanted, current value is "${values.port}"`);
  }
  if (values.tenant !== "simulated" && values.tenant !== "real") {
    throw new OptionsError(`Cannot use --tenant: "simulated" or "real" is wanted, current value is "${values.tenant}"`);
  }
  const isReal = values.tenant === "real";
  if (!isReal && !listScenarios().includes(values.scenario)) {
    const names = listScenarios().join(", ");
    throw new OptionsError(`Cannot use --scenario: one of ${names} is wanted, current value is "${values.scenario}"`);
  }
  const { fresh, data, verbose, help } = values;
  const mail = !isReal && values.mail;
  const scenario = isReal ? undefined : values.scenario;
  return { fresh, port, scenario, history: !isReal && !values["no-history"], data, mail, verbose, help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        fresh: { type: "boolean", default: false },
        port: { type: "string", default: "7071" },
        scenario: { type: "string", default: "demo" },
        "no-history": { type: "boolean", default: false },
        tenant: { type: "string", default: "simulated" },
        data: { type: "string", default: ".local" },
        mail: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new OptionsError(
      `Cannot read the command line: ${message.split(/\. |\.?\n/)[0] ?? message}; --help lists the options`,
    );
  }
}

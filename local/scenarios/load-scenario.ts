import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { type Scenario, type ScenarioInput, scenarioSchema } from "./scenario.schema.ts";

const FOLDER = new URL("./", import.meta.url);

/** Thrown when a scenario does not exist or cannot be understood; the message names the file and each path in it. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
}

/** Returns the names of all scenario files, sorted. */
export function listScenarios(): readonly string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  return files.map((file) => file.slice(0, -".json".length)).sort();
}

/**
 * Reads and checks the scenario of this name.
 *
 * @throws {ScenarioError} When there is no such scenario, or its file is not right.
 */
export function loadScenario(name: string): Scenario {
  const names = listScenarios();
  if (!names.includes(name)) {
    throw new ScenarioError(`Cannot load a scenario: one of ${names.join(", ")} is wanted, current value is "${name}"`);
  }
  const file = `${name}.json`;
  const scenario = parseScenario(parseJson(readFileSync(new URL(file, FOLDER), "utf8"), file), file);
  if (scenario.name !== name) {
    throw new ScenarioError(
      `Cannot load scenario ${file}: name: expected "${name}", current value is "${scenario.name}"`,
    );
  }
  return scenario;
}

/**
 * Checks a scenario made in code, as strictly as one from a file, and fills its defaults in.
 *
 * @throws {ScenarioError} When the scenario is not right.
 */
export function defineScenario(input: ScenarioInput): Scenario {
  return parseScenario(input, input.name);
}

/**
 * Returns the scenario in a JSON value; `origin` names the file in errors.
 *
 * @throws {ScenarioError} When something is not right: all problems at once, each with its path.
 */
export function parseScenario(raw: unknown, origin: string): Scenario {
  const result = scenarioSchema.safeParse(raw);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map((issue) => describeIssue(issue, raw));
  throw new ScenarioError(`Cannot load scenario ${origin}: ${problems.join("; ")}`);
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScenarioError(`Cannot load scenario ${origin}: JSON is wanted`, { cause });
  }
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown): string {
  const wanted =
    "options" in issue && issue.options !== undefined
      ? `expected one of ${issue.options.map(String).join(", ")}`
      : issue.message.replace(/^Invalid (input|option): /, "");
  const current = JSON.stringify(valueAt(raw, issue.path)) ?? "nothing";
  return `${z.core.toDotPath(issue.path) || "file"}: ${wanted}, current value is ${current.slice(0, 80)}`;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value;
}

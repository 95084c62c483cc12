import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "..");

/** Far fewer modules than the project has: the cruiser did not understand TypeScript, and would say "no violations". */
const LEAST_MODULES = 200;

/** What a cruise saw. */
export interface Cruise {
  readonly totalCruised: number;
  readonly violations: readonly Violation[];
}

/** One import that no rule allows, or that one forbids. */
export interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/**
 * Cruises folders of a tree by the project's import rule.
 *
 * The exit code of the cruiser is not looked at: without its TypeScript parser it sees nothing and exits with 0.
 */
export async function cruise(tree: string, folders: readonly string[]): Promise<Cruise> {
  const cli = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [cli, ...folders, "--config", join(ROOT, ".dependency-cruiser.mjs"), "--output-type", "json"];
  const run = promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 256 * 1024 * 1024 });
  const { stdout } = await run.catch((error: { readonly stdout: string }) => error);
  const { summary }: { summary: Cruise } = JSON.parse(stdout);
  return summary;
}

if (import.meta.main) {
  const { totalCruised, violations } = await cruise(ROOT, [
    "src",
    "functions",
    "dashboard",
    "local",
    "scripts",
    "bench",
    "test",
  ]);
  for (const { rule, from, to } of violations) process.stderr.write(`${rule.name}: ${from} -> ${to}\n`);
  process.stdout.write(`import rule: ${totalCruised} modules, ${violations.length} violations\n`);
  if (totalCruised < LEAST_MODULES) process.stderr.write(`too few modules: at least ${LEAST_MODULES} are expected\n`);
  process.exitCode = violations.length > 0 || totalCruised < LEAST_MODULES ? 1 : 0;
}

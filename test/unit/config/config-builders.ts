import { type ConfigSources, loadConfig } from "../../../src/config/load-config.ts";
import type { MonitorConfig } from "../../../src/config/monitor-config.ts";
import { ConfigError, type ConfigProblem } from "../../../src/domain/errors.ts";

/** A tenant id. */
export const TENANT_ID = "11111111-1111-4111-8111-111111111111";
/** Another one. */
export const OTHER_TENANT_ID = "22222222-2222-4222-8222-222222222222";
/** A client id. */
export const CLIENT_ID = "33333333-3333-4333-8333-333333333333";
/** A signing secret of 32 bytes. */
export const SIGNING_SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** Makes app settings that can be used; `undefined` takes one away. */
export function anEnvironment(changes: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return { POLL_SCHEDULE: "0 */15 * * * *", AzureWebJobsStorage: "UseDevelopmentStorage=true", ...changes };
}

/** Makes a document that can be used, as it stands in its file. */
export function aDocument(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { tenants: [aTenant()], ...changes };
}

/** Makes a tenant of a document. */
export function aTenant(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: TENANT_ID, name: "Contoso", ...changes };
}

/** Makes a maintenance window of a document: every Saturday from 22:00 to 2:00 in Berlin. */
export function aMaintenance(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const begin = { weekdays: ["sat"], start: "22:00", timeZone: "Europe/Berlin" };
  return { name: "patch night", ...begin, duration: "PT4H", ...changes };
}

/** Loads a document that stands in the app setting itself. */
export function load(
  document: Record<string, unknown>,
  env: Record<string, string | undefined> = anEnvironment(),
  sources: Partial<ConfigSources> = {},
): Promise<MonitorConfig> {
  return loadConfig({
    env: { ...env, MONITOR_CONFIG: JSON.stringify(document) },
    readTextFile: () => Promise.reject(new Error("no file is expected to be read")),
    toGraphRoot: (endpoint) => endpoint ?? "https://graph.microsoft.com",
    ...sources,
  });
}

/** Returns what a configuration is refused for. */
export async function problemsOf(loading: Promise<MonitorConfig>): Promise<readonly ConfigProblem[]> {
  try {
    await loading;
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** Returns the names of the settings that a configuration is refused for. */
export async function badSettingsOf(loading: Promise<MonitorConfig>): Promise<readonly string[]> {
  return (await problemsOf(loading)).map(({ setting }) => setting);
}

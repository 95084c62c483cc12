import { defined } from "../domain/defined.ts";
import { ConfigError, type ConfigProblem } from "../domain/errors.ts";
import { readAppSettings } from "./app-settings.ts";
import { checkCredentials, checkDocument } from "./check-document.ts";
import { documentSchema, type MonitorDocument } from "./document.schema.ts";
import { type Environment, settingOf } from "./environment.ts";
import type { MonitorConfig } from "./monitor-config.ts";
import { type ParsedObject, parseObject, type Report } from "./parse-object.ts";
import { toFleetPolicy, toTenantPolicy } from "./to-policy.ts";

/** What is needed to find and check the configuration. */
export interface ConfigSources {
  readonly env: Environment;
  /** Reads a file; a relative path starts at the app's folder. */
  readonly readTextFile: (path: string) => Promise<string>;
  /**
   * Returns the Graph root that `GRAPH_ENDPOINT` means, with no slash at the end.
   *
   * @throws {ConfigError} When it is neither the root of a cloud nor a loopback address.
   */
  readonly toGraphRoot: (endpoint: string | undefined) => string;
}

/** The document, when `MONITOR_CONFIG` does not say otherwise. */
const DEFAULT_FILE = "monitor.config.json";

/**
 * Loads the configuration: app settings, and the document that `MONITOR_CONFIG` holds or names.
 *
 * @throws {ConfigError} With every problem that was found, each by the name of its setting or its path in the document.
 */
export async function loadConfig({ env, readTextFile, toGraphRoot }: ConfigSources): Promise<MonitorConfig> {
  const problems: ConfigProblem[] = [];
  const report: Report = (setting, expected) => {
    const isKnown = problems.some((known) => known.setting === setting && known.expected === expected);
    if (!isKnown) problems.push({ setting, expected });
  };

  const settings = readAppSettings(env, report);
  const graphRoot = collect(() => toGraphRoot(settingOf(env, "GRAPH_ENDPOINT")), report);
  const document = await readDocument(env, readTextFile, report);

  if (document !== undefined) checkDocument(document, report);
  if (document !== undefined && graphRoot !== undefined) checkCredentials(document, graphRoot, report);

  const isUsable = settings !== undefined && graphRoot !== undefined && document?.kind === "whole";
  if (problems.length > 0 || !isUsable) throw new ConfigError(problems);
  const { writeKey, hasPlatformAuthentication, ...app } = settings;
  const trustsPlatform = document.values.trustAppServiceAuthentication && hasPlatformAuthentication;
  const writes = { trustsPlatform, ...defined({ key: writeKey }) };
  return { ...app, writes, graphRoot, ...toConfig(document.values, settings.periodMs) };
}

function collect<T>(read: () => T, report: Report): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { setting, expected } of error.problems) report(setting, expected);
    return undefined;
  }
}

async function readDocument(
  env: Environment,
  readTextFile: ConfigSources["readTextFile"],
  report: Report,
): Promise<ParsedObject<MonitorDocument> | undefined> {
  const stated = settingOf(env, "MONITOR_CONFIG") ?? DEFAULT_FILE;
  const text = stated.startsWith("{") ? stated : await readTextFile(stated).catch(() => undefined);
  const given = text === undefined ? undefined : parseJsonObject(text);
  if (given === undefined) {
    const wanted = text === undefined ? "the path of a file that can be read" : "the path of a file with a JSON object";
    report("MONITOR_CONFIG", `${wanted}, or a JSON object; without it ${DEFAULT_FILE} beside package.json is read`);
    return undefined;
  }
  const whole = documentSchema(env);
  return parseObject({ whole, partial: whole.partial() }, given, report);
}

/** The error of `JSON.parse` quotes the text, which may hold anything: it is dropped. */
function parseJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function toConfig(
  document: MonitorDocument,
  periodMs: number,
): Pick<MonitorConfig, "tenants" | "fleet" | "channels" | "deadManSwitch" | "retention"> {
  const { snapshots, events, daily, deliveries } = document.retention;
  return {
    fleet: toFleetPolicy(document, periodMs),
    ...defined({ deadManSwitch: document.deadManSwitch }),
    tenants: document.tenants.map((tenant) => ({
      policy: toTenantPolicy(document, tenant, periodMs),
      credential: tenant.credential ?? document.credential,
    })),
    channels: document.channels,
    retention: { snapshotsMs: snapshots, eventsMs: events, dailyMs: daily, deliveriesMs: deliveries },
  };
}

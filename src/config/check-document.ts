import { checkPolicy } from "../domain/rules/resolve-settings.ts";
import { MAX_CHANNELS, type MonitorDocument } from "./document.schema.ts";
import type { ParsedObject, Report } from "./parse-object.ts";
import { joinRules, type RuleSettings } from "./tenant-rules.ts";

type Parsed = ParsedObject<MonitorDocument>;

/** Checks what no member of the document can say by itself: names that must differ or exist, and limits that must agree. */
export function checkDocument(document: Parsed, report: Report): void {
  const { tenants = [], channels = [], maintenance = [] } = document.values;
  const repeatedIds = indexesOfRepeated(tenants.map(({ id }) => id));
  for (const index of repeatedIds) report(`tenants[${index}].id`, "the id of no other tenant");
  const repeatedNames = indexesOfRepeated(channels.map(({ name }) => name));
  for (const index of repeatedNames) report(`channels[${index}].name`, "the name of no other channel");
  const repeatedWindows = indexesOfRepeated(maintenance.map(({ window }) => window.name));
  for (const index of repeatedWindows) report(`maintenance[${index}].name`, "the name of no other maintenance window");
  checkChannelsOfTenants(document, report);
  checkLimits(document, report);
}

/**
 * Checks that each credential can work: no real token may reach a simulated Graph and no unsigned one a real Graph, and a
 * managed identity gets tokens of its home tenant alone.
 */
export function checkCredentials(document: Parsed, graphRoot: string, report: Report): void {
  const isSimulated = graphRoot.startsWith("http:");
  const expected = isSimulated
    ? "of kind development-token where GRAPH_ENDPOINT is a loopback address"
    : "of another kind than development-token unless GRAPH_ENDPOINT is a loopback address";
  const credentials = credentialsOf(document);
  for (const { setting, kind } of [...credentials, ...mailCredentialsOf(document)]) {
    if ((kind === "development-token") !== isSimulated) report(setting, expected);
  }
  const managed = credentials.filter(({ kind }) => kind === "managed-identity");
  for (const { tenant } of managed.slice(1)) {
    report(`${tenant}.credential`, "of another kind than managed-identity, which reads one tenant, its home");
  }
}

interface TenantCredential {
  readonly tenant: string;
  /** Where it is set. */
  readonly setting: string;
  readonly kind: string;
}

function credentialsOf({ values, bad }: Parsed): readonly TenantCredential[] {
  const { tenants = [] } = values;
  const common = bad.has("credential") ? undefined : values.credential;
  return tenants.flatMap(({ credential: own }, index) => {
    const kind = (own ?? common)?.kind;
    const tenant = `tenants[${index}]`;
    return kind === undefined
      ? []
      : [{ tenant, kind, setting: own === undefined ? "credential" : `${tenant}.credential` }];
  });
}

/** A managed identity may send mail as well as read a tenant: both are its home. */
function mailCredentialsOf({ values: { channels = [] } }: Parsed): readonly Omit<TenantCredential, "tenant">[] {
  return channels.flatMap(({ settings }, index) =>
    settings.type === "email" ? [{ setting: `channels[${index}].credential`, kind: settings.credential.kind }] : [],
  );
}

function checkChannelsOfTenants({ values, bad }: Parsed, report: Report): void {
  if (bad.has("channels")) return;
  const { tenants = [], channels = [], fleet } = values;
  const names = channels.map(({ name }) => name);
  const told = tenants.map(({ channels: own }, index) => [`tenants[${index}].channels`, own] as const);
  const ofFleet = bad.has("fleet") ? [] : [["fleet.channels", fleet?.channels] as const];
  for (const [setting, own] of [...told, ...ofFleet]) {
    if ((own ?? names).length > MAX_CHANNELS) report(setting, `a list of at most ${MAX_CHANNELS} channels`);
    checkChannelNames({ setting, own: own ?? [], names }, report);
  }
}

interface OwnChannels {
  readonly setting: string;
  readonly own: readonly string[];
  /** The channels of the document. */
  readonly names: readonly string[];
}

function checkChannelNames({ setting, own, names }: OwnChannels, report: Report): void {
  for (const at of indexesOfRepeated(own)) report(`${setting}[${at}]`, "named once");
  for (const [at, name] of own.entries()) {
    if (!names.includes(name)) report(`${setting}[${at}]`, "the name of a channel of this document");
  }
}

/** Limits that contradict would make every poll of the tenant fail. */
function checkLimits({ values, bad }: Parsed, report: Report): void {
  const { preset, rules = {}, overrides = [] } = values;
  if (preset === undefined || ["preset", "rules", "overrides"].some((name) => bad.has(name))) return;
  const common = { preset, rules, overrides };
  const problems = checkPolicy(common);
  for (const { setting, expected } of problems) report(setting, expected);
  if (problems.length > 0) return;
  for (const [path, settings] of ownRules(values)) {
    for (const { setting, expected } of checkPolicy(joinRules(common, settings))) {
      report(`${path}.${toTenantPath(setting, overrides.length)}`, expected);
    }
  }
}

function ownRules({ tenants = [], fleet }: Parsed["values"]): ReadonlyMap<string, RuleSettings> {
  const own = new Map<string, RuleSettings>(tenants.map((tenant, index) => [`tenants[${index}]`, tenant]));
  return fleet === undefined ? own : own.set("fleet", fleet);
}

/** The document's overrides come before the tenant's in the joined policy; one of them that fails does so by the tenant's rules. */
function toTenantPath(setting: string, commonOverrides: number): string {
  const [, index, rest] = /^overrides\[(\d+)\]\.(.*)$/.exec(setting) ?? [];
  if (index === undefined || rest === undefined) return setting;
  const own = Number(index) - commonOverrides;
  return own < 0 ? rest : `overrides[${own}].${rest}`;
}

function indexesOfRepeated(names: readonly string[]): readonly number[] {
  return [...names.keys()].filter((index) => names.indexOf(names[index] ?? "") < index);
}

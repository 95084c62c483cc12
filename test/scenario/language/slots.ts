import type { Fault } from "../../../local/graph/fault.schema.ts";
import { SOURCE_IDS, type SourceId } from "../../../src/domain/connections/source.ts";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import { NOTIFICATION_KINDS } from "../../../src/domain/delivery/notification.ts";
import { PRESETS } from "../../../src/domain/rules/resolve-settings.ts";
import { RULE_IDS, SEVERITIES } from "../../../src/domain/rules/rule.ts";
import { WEEKDAYS } from "../../../src/domain/suppression/maintenance-window.ts";
import { parseInstant } from "../../../src/domain/time.ts";
import { formatDuration } from "../../../src/domain/units.ts";
import { parseSpan } from "./span.ts";
import type { Token } from "./tokens.ts";

/** What can stand at one place of a statement. */
export interface SlotType<T> {
  /** Follows "expected". */
  readonly wants: string;
  /** Returns undefined for what cannot stand there. */
  readonly parse: (token: Token) => T | undefined;
}

/** How Graph refuses to show a source, by the word for it: what the simulated Graph answers with. */
export const READ_FAILURES = {
  unauthorized: { kind: "token-expired" },
  forbidden: { kind: "forbidden" },
  throttled: { kind: "throttled" },
  unavailable: { kind: "server-error", status: 503 },
  malformed: { kind: "html" },
  empty: { kind: "body", status: 200, body: '{"value":[]}' },
  unlicensed: { kind: "unlicensed" },
  "not-found": { kind: "not-found" },
  "not-supported": { kind: "not-supported" },
} as const satisfies Readonly<Record<string, Fault>>;

/** What a channel answers instead of taking a message, by the word for it. */
export const SEND_FAILURES = {
  "http-503": { kind: "retry", reason: "http-503" },
  "http-429": { kind: "retry", reason: "http-429", retryAfterMs: 120_000 },
  timeout: { kind: "retry", reason: "timeout" },
  network: { kind: "retry", reason: "network" },
  "http-404": { kind: "final", reason: "http-404" },
  "http-410": { kind: "final", reason: "http-410" },
} as const satisfies Readonly<Record<string, AttemptOutcome>>;

const CHANNEL_TYPES = ["log", "teams", "slack", "email", "webhook", "pagerduty"] as const;
const PARTNER_STATES = ["unknown", "unavailable", "enabled", "terminated", "rejected", "unresponsive"] as const;
const PLATFORMS = ["android", "ios", "macOs", "linux"] as const;
const ALL_SOURCES = "every";

/** What can stand in the places of statements, by name. */
export const SLOTS = {
  time: { wants: "a time since the start, such as 3d or 4d12h30min", parse: word(parseSpan) },
  span: { wants: "a length of time above zero, such as 4h or 15min", parse: word(parseLength) },
  date: { wants: "a date of this century, such as 2026-10-24", parse: word(parseDate) },
  text: { wants: "a name, in quotes where it has spaces", parse: ({ text }) => (text === "" ? undefined : text) },
  connection: { wants: "the name of a connection, in quotes where it has spaces", parse: parseConnection },
  word: { wants: "one word", parse: word((text) => text) },
  value: { wants: "a number, a length of time, yes or no", parse: word(parseValue) },
  rule: oneOf(RULE_IDS),
  severity: oneOf(SEVERITIES),
  kind: oneOf(NOTIFICATION_KINDS),
  preset: oneOf(PRESETS),
  partnerType: oneOf(["compliance", "device"]),
  partnerState: oneOf(PARTNER_STATES),
  health: oneOf(["automatic", "healthy", "warning", "unhealthy", "unknown"]),
  deadline: oneOf(["noncompliance", "removal"]),
  yesNo: oneOf(["yes", "no"]),
  source: {
    wants: `one of ${[...SOURCE_IDS, ALL_SOURCES].join(", ")}`,
    parse: word(parseSources),
  },
  platforms: { wants: `none or a list of ${PLATFORMS.join(",")}`, parse: word(parsePlatforms) },
  assignments: oneOf(["none", "all-users", "all-devices"]),
  readFailure: oneOf(keysOf(READ_FAILURES)),
  sendFailure: oneOf(keysOf(SEND_FAILURES)),
  channel: {
    wants: "the name of a channel",
    parse: word((text) => (/^[a-z0-9][a-z0-9-]{0,39}$/.test(text) ? text : undefined)),
  },
  share: { wants: "a share, such as 30%", parse: word(parseShare) },
  weekday: oneOf(WEEKDAYS),
  clock: { wants: "a time of day, such as 22:00", parse: word(parseClock) },
  channelType: oneOf(CHANNEL_TYPES),
} as const satisfies Readonly<Record<string, SlotType<unknown>>>;

/** The name of a slot type. */
export type SlotName = keyof typeof SLOTS;

/** What a slot of this type holds. */
export type SlotValue<N extends SlotName> = NonNullable<ReturnType<(typeof SLOTS)[N]["parse"]>>;

function word<T>(parse: (text: string) => T | undefined): (token: Token) => T | undefined {
  return ({ text, isQuoted }) => (isQuoted ? undefined : parse(text));
}

function oneOf<const T extends string>(words: readonly T[]): SlotType<T> {
  return { wants: `one of ${words.join(", ")}`, parse: word((text) => words.find((known) => known === text)) };
}

function keysOf<const K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[]; // The records above are closed: they have no key that their type does not name.
}

/** These words begin something else. */
function parseConnection({ text, isQuoted }: Token): string | undefined {
  const isReserved =
    !isQuoted &&
    ["source", "monitor", "channel", "tenant", "clock", "storage", "mute", "unmute", "acknowledge", "forget"].includes(
      text,
    );
  return text === "" || isReserved ? undefined : text;
}

function parseSources(text: string): readonly SourceId[] | undefined {
  const ids = SOURCE_IDS.filter((id) => text === ALL_SOURCES || text === id);
  return ids.length === 0 ? undefined : ids;
}

function parseLength(text: string): number | undefined {
  const spanMs = parseSpan(text);
  return spanMs !== undefined && spanMs > 0 ? spanMs : undefined;
}

function parseShare(text: string): number | undefined {
  return /^[1-9]\d?%$/.test(text) ? Number(text.slice(0, -1)) / 100 : undefined;
}

function parseClock(text: string): string | undefined {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : undefined;
}

function parseDate(text: string): number | undefined {
  return /^20\d\d-\d\d-\d\d$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : undefined;
}

/** Durations become the text that the configuration takes. */
function parseValue(text: string): string | number | boolean | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === "yes" || text === "no") return text === "yes";
  const spanMs = parseSpan(text);
  return spanMs === undefined || spanMs < 0 ? undefined : formatDuration(spanMs);
}

function parsePlatforms(text: string): readonly (typeof PLATFORMS)[number][] | undefined {
  const names = text === "none" ? [] : text.split(",");
  const platforms = PLATFORMS.filter((platform) => names.includes(platform));
  return platforms.length === names.length ? platforms : undefined;
}

import type { z } from "zod";
import type { RuleId, Severity } from "../domain/rules/rule.ts";
import { MAX_AHEAD_MS, toIso } from "../domain/time.ts";
import { DAY_MS, MINUTE_MS } from "../domain/units.ts";
import { type HISTORY_VIEWS, historyQuerySchema, type INTERVAL_SCOPES } from "./history-query.schema.ts";
import { negotiateFormat, type RowFormat } from "./negotiate-format.ts";
import { DEFAULT_PAGE_SIZE } from "./parameters.schema.ts";
import { type Parsed, parseQuery } from "./parse-query.ts";
import type { ParameterError } from "./problem.ts";

/** A query of the history with all defaults filled in. */
export interface HistoryQuery {
  readonly tenant?: string | undefined;
  /** Connection key or connection id. */
  readonly connection?: string | undefined;
  readonly view: (typeof HISTORY_VIEWS)[number];
  /** Inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly rule?: RuleId | undefined;
  readonly severity?: Severity | undefined;
  readonly scope?: (typeof INTERVAL_SCOPES)[number] | undefined;
  /** 1 to 1,000. */
  readonly maxPageSize: number;
  readonly pageToken?: string | undefined;
  readonly format: RowFormat;
}

type Given = z.output<typeof historyQuerySchema>;
type Window = Pick<HistoryQuery, "fromMs" | "toMs">;

const DEFAULT_WINDOW_MS = 7 * DAY_MS;
const MAX_WINDOW_DAYS = 400;

/**
 * Reads the query of the history: every parameter by itself, then what they mean together at `nowMs`.
 *
 * @param accept The `Accept` header, which chooses the format where the query does not. @default none
 */
export function parseHistoryQuery(
  given: URLSearchParams,
  nowMs: number,
  accept: string | null = null,
): Parsed<HistoryQuery> {
  const parsed = parseQuery(historyQuerySchema, given);
  if (parsed.kind === "bad") return parsed;
  const { tenant, connection, rule, severity, scope, maxpagesize = DEFAULT_PAGE_SIZE, pagetoken } = parsed.query;
  const view = parsed.query.view ?? (connection === undefined ? "events" : "snapshots");
  const window = toWindow(parsed.query, nowMs);
  const format = parsed.query.format ?? negotiateFormat(accept);
  const errors = [...checkView(view, parsed.query), ...checkWindow(window), ...checkFormat(format, parsed.query)];
  if (errors.length > 0) return { kind: "bad", errors };
  const page = { maxPageSize: maxpagesize, pageToken: pagetoken };
  return { kind: "ok", query: { tenant, connection, view, ...window, rule, severity, scope, ...page, format } };
}

/** With a page token `to` was effective before, perhaps by a clock up to a minute ahead of ours: it is not clamped again. */
function toWindow({ from, to, pagetoken }: Given, nowMs: number): Window {
  const latestMs = nowMs + (pagetoken === undefined ? 0 : MAX_AHEAD_MS);
  const toMs = to === undefined || to > latestMs ? Math.floor(nowMs / MINUTE_MS) * MINUTE_MS : to;
  return { fromMs: from ?? Math.max(0, toMs - DEFAULT_WINDOW_MS), toMs };
}

const SCOPE_ERROR = { parameter: "scope", message: "must be left out, or used with view=intervals" };

function checkView(view: HistoryQuery["view"], given: Given): readonly ParameterError[] {
  const scopes = view === "intervals" || given.scope === undefined ? [] : [SCOPE_ERROR];
  if (view === "events") return scopes;
  const canFilter = view === "intervals";
  const filters = (["rule", "severity"] as const).filter((name) => !canFilter && given[name] !== undefined);
  return [
    ...(given.connection === undefined ? [{ parameter: "view", message: "must be events without a connection" }] : []),
    ...filters.map((parameter) => ({ parameter, message: "must be left out, or used with view=events or intervals" })),
    ...scopes,
  ];
}

function checkFormat(format: RowFormat, given: Given): readonly ParameterError[] {
  const paging = (["maxpagesize", "pagetoken"] as const).filter(
    (name) => format !== "json" && given[name] !== undefined,
  );
  return paging.map((parameter) => ({ parameter, message: `must be left out with ${format}, which comes whole` }));
}

function checkWindow({ fromMs, toMs }: Window): readonly ParameterError[] {
  if (fromMs >= toMs) return [{ parameter: "from", message: `must be before to, which is ${toIso(toMs)}` }];
  if (toMs - fromMs <= MAX_WINDOW_DAYS * DAY_MS) return [];
  return [{ parameter: "from", message: `must be at most ${MAX_WINDOW_DAYS} days before to, which is ${toIso(toMs)}` }];
}

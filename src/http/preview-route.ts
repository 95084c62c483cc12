import { type PreviewDeps, type PreviewResult, previewTrial } from "../app/preview-trial.ts";
import { canReplay } from "../domain/history/preview-rules.ts";
import type { Span } from "../domain/history/timeline.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { RuleOverrides } from "../domain/rules/resolve-settings.ts";
import { RULE_IDS } from "../domain/rules/rule.ts";
import { toIso } from "../domain/time.ts";
import { DAY_MS, MINUTE_MS } from "../domain/units.ts";
import type { PreviewBody } from "./contract/preview.ts";
import { readTenant, unknownConnection, unreadableConnection } from "./find-connection.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { parseBody } from "./parse-body.ts";
import { previewBodySchema } from "./preview-body.schema.ts";
import { badBodyReply, badQueryReply, type ParameterError } from "./problem.ts";
import { toConnectionPreview } from "./to-preview.ts";

/** What POST v1/rules/preview needs. */
export interface PreviewRouteDeps extends PreviewDeps {
  readonly tenants: readonly TenantPolicy[];
  readonly clock: { readonly nowMs: () => number };
  /** Reads rules as the configuration has them, and says where they cannot be used and what was expected there. */
  readonly parseRules: (given: unknown) => ParsedRules;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

type ParsedRules =
  | { readonly kind: "ok"; readonly rules: RuleOverrides }
  | {
      readonly kind: "bad";
      readonly faults: readonly { readonly path: readonly PropertyKey[]; readonly expected: string }[];
    };

const DEFAULT_WINDOW_MS = 30 * DAY_MS;
const MAX_WINDOW_DAYS = 90;

/**
 * Makes the route of POST v1/rules/preview, which writes nothing and so needs no more than a reader's key.
 *
 * 1. Reads the query and the body: 400 names every member that cannot be used.
 * 2. Replays the stored readings: 400 when limits contradict or there is too much to replay, 404 when there is no such
 *    connection, 409 when its state cannot be read.
 */
export function createPreviewRoute(deps: PreviewRouteDeps): Route {
  return async (input) => {
    const found = readTenant(input, deps.tenants);
    if (found.kind === "refused") return found.reply;
    const policy = deps.tenants.find(({ tenantId }) => tenantId === found.tenant.tenantId);
    if (policy === undefined) {
      return badQueryReply(input, [{ parameter: "tenant", message: "must not be fleet, which keeps no readings" }]);
    }
    const parsed = await parseBody(previewBodySchema, input);
    if (parsed.kind === "refused") return parsed.reply;
    const { connection, from, to } = parsed.body;
    const read = deps.parseRules(parsed.body.rules);
    const span = toSpan(from, to, deps.clock.nowMs());
    const errors = [...checkRules(read), ...checkSpan(span)];
    if (read.kind === "bad" || errors.length > 0) return badBodyReply(input, errors);

    const connectionKey = connection?.includes(":") === true ? deps.digest(connection) : connection?.toLowerCase();
    const result = await previewTrial(deps, { policy, connectionKey, rules: read.rules, span });
    return toReply(input, result, { policy, span });
  };
}

function toSpan(fromMs: number | undefined, to: number | undefined, nowMs: number): Span {
  const toMs = to === undefined || to > nowMs ? Math.floor(nowMs / MINUTE_MS) * MINUTE_MS : to;
  return { fromMs: fromMs ?? toMs - DEFAULT_WINDOW_MS, toMs };
}

function checkSpan({ fromMs, toMs }: Span): readonly ParameterError[] {
  if (fromMs >= toMs) return [{ parameter: "from", message: `must be before to, which is ${toIso(toMs)}` }];
  if (toMs - fromMs <= MAX_WINDOW_DAYS * DAY_MS) return [];
  return [{ parameter: "from", message: `must be at most ${MAX_WINDOW_DAYS} days before to, which is ${toIso(toMs)}` }];
}

function checkRules(parsed: ParsedRules): readonly ParameterError[] {
  if (parsed.kind === "bad") {
    return parsed.faults.map(({ path, expected }) => ({
      parameter: ["rules", ...path].map(String).join("."),
      message: `must be ${expected}`,
    }));
  }
  const given = RULE_IDS.filter((ruleId) => parsed.rules[ruleId] !== undefined);
  if (given.length === 0) return [{ parameter: "rules", message: "must name at least one rule" }];
  return given
    .filter((ruleId) => !canReplay(ruleId))
    .map((ruleId) => ({ parameter: `rules.${ruleId}`, message: "must be left out: stored readings do not tell it" }));
}

function toReply(
  input: HttpInput,
  result: PreviewResult,
  { policy, span }: { readonly policy: TenantPolicy; readonly span: Span },
): HttpReply {
  switch (result.kind) {
    case "unknown-connection":
      return unknownConnection(input);
    case "unreadable-connection":
      return unreadableConnection(input);
    case "too-many-snapshots":
      return badBodyReply(input, [
        { parameter: "from", message: "must be later, or connection given: there are more than 35,000 readings" },
      ]);
    case "too-many-steps":
      return badBodyReply(input, [
        {
          parameter: "from",
          message: "must be later, or connection or fewer rules given: that takes more than 150,000 steps",
        },
      ]);
    case "bad-rules":
      return badBodyReply(
        input,
        result.problems.map(({ ruleId, limit, expected }) => ({
          parameter: `rules.${ruleId}.${limit}`,
          message: `must be ${expected}`,
        })),
      );
    case "preview":
      return jsonReply(200, toBody(result, { policy, span }));
  }
}

function toBody(
  { snapshots, connections }: Extract<PreviewResult, { kind: "preview" }>,
  { policy, span }: { readonly policy: TenantPolicy; readonly span: Span },
): PreviewBody {
  const time = { toMs: span.toMs, periodMs: policy.periodMs };
  return {
    tenantId: policy.tenantId,
    from: toIso(span.fromMs),
    to: toIso(span.toMs),
    snapshots,
    value: connections
      .map((connection) => toConnectionPreview(connection, time))
      .sort((a, b) => a.connectionName.localeCompare(b.connectionName, "en")),
  };
}

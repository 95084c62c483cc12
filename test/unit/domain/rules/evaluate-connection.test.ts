import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject } from "../../../../src/domain/connections/canonical-json.ts";
import { carryOver } from "../../../../src/domain/connections/carry-over.ts";
import { judgeStanding } from "../../../../src/domain/connections/judge-standing.ts";
import { parseSource } from "../../../../src/domain/connections/parse-source.ts";
import type { Reading, Standing } from "../../../../src/domain/connections/reading.ts";
import { SOURCE_IDS, type SourceId } from "../../../../src/domain/connections/source.ts";
import { RULES } from "../../../../src/domain/rules/catalogue.ts";
import { type ConnectionInput, evaluateConnection } from "../../../../src/domain/rules/evaluate-connection.ts";
import { PRESETS, type Preset, type RulePolicy } from "../../../../src/domain/rules/resolve-settings.ts";
import type { Evaluation, Judgement, RuleId } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { digest } from "../../../builders/a-policy.ts";
import {
  aChannel,
  aCompliancePartner,
  aConnector,
  aFleet,
  aPartner,
  aSource,
  aTenant,
  aTenantWatch,
  at,
  NOW_MS,
  PARSE_CONTEXT,
} from "../connections/a-reading.ts";
import { anInput, inWords } from "./an-input.ts";
import {
  type ByRule,
  CAPTURED,
  CONSTRUCTED,
  DOCUMENTED,
  LATE_FOR_MICROSOFT,
  type ReadsAs,
  type Sample,
} from "./sample-readings.ts";

const RECOMMENDED: RulePolicy = { preset: "recommended", rules: {}, overrides: [] };

const NOT_CONFIGURED: Standing = { standing: "not-configured", reason: "is-configured-false" };

function aConnection(reading: Reading, overrides: Partial<ConnectionInput> = {}): ConnectionInput {
  return { ...anInput(reading), standing: { standing: "active" }, isBlind: false, ...overrides };
}

/** What each rule says, in a few words. */
function judge(input: ConnectionInput, policy = RECOMMENDED): Readonly<Partial<Record<RuleId, string>>> {
  const judgements = evaluateConnection(input, policy);
  return Object.fromEntries(judgements.map(({ rule, evaluation }) => [rule.id, inWords(evaluation)]));
}

describe("evaluateConnection()", () => {
  it("asks every rule of the connection's kind, in the catalogue's order", () => {
    const partners = [aPartner(), aCompliancePartner()];
    const readings = [...partners, aConnector(), aSource(), aTenant(), aFleet(), aTenantWatch(), aChannel()];

    const asked = readings.map((reading) =>
      evaluateConnection(aConnection(reading), RECOMMENDED).map(({ rule }) => rule.id),
    );

    expect(asked).toStrictEqual([
      [
        "partner-state",
        "heartbeat-age",
        "first-heartbeat",
        "noncompliance-deadline",
        "removal-deadline",
        "configuration-changed",
        "connection-missing",
        "data-problem",
      ],
      [
        "partner-state",
        "heartbeat-age",
        "first-heartbeat",
        "configuration-changed",
        "connection-missing",
        "data-problem",
      ],
      ["heartbeat-age", "sync-age", "expiry", "reported-health", "connection-missing", "data-problem"],
      ["source-unreadable"],
      ["tenant-unreadable", "clock-skew"],
      ["graph-unavailable"],
      ["tenant-late", "state-unreadable"],
      ["channel-failing"],
    ]);
  });

  it("hands the settings on with each judgement", () => {
    const policy: RulePolicy = { ...RECOMMENDED, rules: { expiry: { recoverPolls: 9 } } };

    const judgements = evaluateConnection(aConnection(aConnector()), policy);

    const judgement = judgements.find(({ rule }) => rule.id === "expiry");
    expect(judgement?.settings.recoverPolls).toBe(9);
  });

  it("judges by the policy's limits", () => {
    const policy: RulePolicy = { ...RECOMMENDED, rules: { "heartbeat-age": { limits: { warnAfterMs: 1 } } } };

    expect(judge(aConnection(aPartner()), policy)["heartbeat-age"]).toBe("warning: silent");
  });

  it("does not ask a rule that is switched off, in any standing", () => {
    const policy: RulePolicy = { ...RECOMMENDED, rules: { "configuration-changed": { enabled: false } } };

    const words = judge(aConnection(aPartner(), { standing: { standing: "ignored", reason: "old" } }), policy);

    expect(words["configuration-changed"]).toBe("not-applicable: rule-off");
    expect(words["heartbeat-age"]).toBe("not-applicable: ignored");
  });

  const changed = { slotMs: NOW_MS, severity: "warning", changes: ["isConfigured true → false"] } as const;

  it.each([
    { name: "not configured", standing: NOT_CONFIGURED, state: "unknown", want: "warning: unknown-after-known-state" },
    { name: "not configured", standing: NOT_CONFIGURED, state: "terminated", want: "not-applicable: not-configured" },
    { name: "not configured", standing: NOT_CONFIGURED, state: "enabled", want: "not-applicable: not-configured" },
    {
      name: "retired",
      standing: { standing: "retired", reason: "severed-and-silent" },
      state: "terminated",
      want: "not-applicable: retired",
    },
  ] as const)("says $want of a partner that is $name and $state, and still tells what changed", (given) => {
    const reading = aPartner({ state: given.state });
    const more = { standing: given.standing, lastKnownState: "enabled", configurationChange: changed };

    const words = judge(aConnection(reading, more));

    expect(words["partner-state"]).toBe(given.want);
    expect(words["configuration-changed"]).toBe("warning: changed");
    expect(words["data-problem"]).toMatch(/^not-applicable: (not-configured|retired)$/);
  });

  it("judges nothing of a connection that is ignored, not even what it judges in every other standing", () => {
    const reading = aPartner({ state: "unknown", removalDeadline: at(NOW_MS) });
    const more = { lastKnownState: "enabled", configurationChange: changed };

    const words = judge(aConnection(reading, { ...more, standing: { standing: "ignored", reason: "old" } }));

    expect(new Set(Object.values(words))).toStrictEqual(new Set(["not-applicable: ignored"]));
  });

  it("judges its absence and what is known already of a connection that complete reads no longer show", () => {
    const reading = aPartner({ state: "unresponsive", removalDeadline: at(NOW_MS) });

    const words = judge(aConnection(reading, { absentPolls: 4, absentSinceMs: NOW_MS - HOUR_MS }));

    expect(words).toStrictEqual({
      "partner-state": "unknown: absent",
      "heartbeat-age": "unknown: absent",
      "first-heartbeat": "unknown: absent",
      "noncompliance-deadline": "ok: no-date",
      "removal-deadline": "critical: date-passed",
      "configuration-changed": "ok: unchanged",
      "connection-missing": "warning: absent",
      "data-problem": "unknown: absent",
    });
  });

  it("judges only what is known already while its source cannot be read", () => {
    const words = judge(aConnection(aPartner({ removalDeadline: at(NOW_MS) }), { isBlind: true }));

    expect(words).toStrictEqual({
      "partner-state": "unknown: source-unreadable",
      "heartbeat-age": "unknown: source-unreadable",
      "first-heartbeat": "unknown: source-unreadable",
      "noncompliance-deadline": "ok: no-date",
      "removal-deadline": "critical: date-passed",
      "configuration-changed": "ok: unchanged",
      "connection-missing": "unknown: source-unreadable",
      "data-problem": "unknown: source-unreadable",
    });
  });

  it("leaves it to a complete read to say that an absence has lasted long enough", () => {
    const absence = { absentPolls: 4, absentSinceMs: NOW_MS - 7 * DAY_MS };

    const words = [true, false].map((isBlind) => judge(aConnection(aPartner(), { ...absence, isBlind })));

    expect(words.map((said) => said["connection-missing"])).toStrictEqual([
      "unknown: source-unreadable",
      "not-applicable: gone",
    ]);
  });

  it("freezes the state of a partner that is not configured and was not read this time", () => {
    const reading = aPartner({ state: "unknown", carriedOver: ["state"] });

    const words = judge(aConnection(reading, { standing: NOT_CONFIGURED, lastKnownState: "enabled" }));

    expect(words["partner-state"]).toBe("unknown: not-read");
  });

  it("leaves what does not apply as it is while its source cannot be read", () => {
    const words = judge(aConnection(aConnector(), { isBlind: true }));

    expect(words).toMatchObject({
      "heartbeat-age": "not-applicable: other-kind",
      "sync-age": "unknown: source-unreadable",
    });
  });

  it("is total: any reading in any situation and preset gets a verdict from each rule", () => {
    const anyRow = fc.oneof(
      fc.jsonValue(),
      fc.record({
        id: fc.string(),
        partnerState: fc.constantFrom("enabled", "terminated", "unknown", "new"),
        lastHeartbeatDateTime: fc.constantFrom(null, "String", "2026-07-01T00:00:00Z", "2036-07-01T00:00:00Z"),
        connectorName: fc.constantFrom("vppTokenExpirationDateTime", "vppTokenLastSyncDateTime", "new"),
        status: fc.constantFrom("healthy", "warning", "new"),
        eventDateTime: fc.constantFrom(null, "String", "2026-07-01T00:00:00Z", "2036-07-01T00:00:00Z"),
      }),
    );
    const anySituation = fc.record({
      nowMs: fc.integer({ min: 0, max: 2 * NOW_MS }),
      observedAtMs: fc.integer({ min: 0, max: 2 * NOW_MS }),
      firstSeenAtMs: fc.integer({ min: 0, max: 2 * NOW_MS }),
      absentPolls: fc.nat({ max: 9 }),
      isBlind: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...SOURCE_IDS),
        fc.array(anyRow, { maxLength: 4 }),
        anySituation,
        fc.constantFrom(...PRESETS),
        (sourceId, rows, situation, preset) => {
          const readings = parseSource({ sourceId, rows }, PARSE_CONTEXT);

          const verdicts = readings.flatMap((reading) =>
            evaluateConnection(aConnection(carryOver(reading, reading), situation), { ...RECOMMENDED, preset }),
          );

          const asked = readings.flatMap(({ kind }) => RULES.filter(({ appliesTo }) => appliesTo.includes(kind)));
          expect(verdicts.map(({ rule }) => rule.id)).toStrictEqual(asked.map(({ id }) => id));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("evaluateConnection() on graph-samples", () => {
  it.each([...CONSTRUCTED, ...DOCUMENTED, ...CAPTURED])("read as their table says: $file", (sample) => {
    const nowMs = sample.evaluatedAtMs ?? NOW_MS;

    const read = readingsOf(sample, nowMs).map((reading, index) => readAs(reading, nowMs, sample.rows[index]));

    expect(read).toStrictEqual(sample.rows);
  });

  it.each(LATE_FOR_MICROSOFT)(
    "are judged by the portal's numbers in the preset microsoft: $name",
    ({ name, breaches }) => {
      const reading = CONSTRUCTED.flatMap((sample) => readingsOf(sample, NOW_MS)).find(
        ({ displayName }) => displayName === name,
      );
      if (reading === undefined) throw new Error(`no sample is called ${name}`);

      const judged = judgeSample(reading, NOW_MS, "microsoft").judgements;

      expect(ofVerdict(judged, "breach", inWords)).toStrictEqual(breaches);
    },
  );

  it("read alike on one page and on two", () => {
    const pages = ["page-1.v1", "page-2.v1"].flatMap((page) =>
      rowsOf(`constructed/compliance-management-partners.${page}.json`),
    );
    const whole = rowsOf("constructed/compliance-management-partners.v1.json");

    const [paged, unpaged] = [pages, whole].map((rows) => parse("complianceManagementPartners", rows, NOW_MS));

    expect(paged).toStrictEqual(unpaged);
  });
});

/** The rows of a sample, whatever its envelope. */
function rowsOf(file: string): readonly unknown[] {
  const path = new URL(`../../../fixtures/graph-samples/${file}`, import.meta.url);
  const body: unknown = JSON.parse(readFileSync(path, "utf8"));
  const rows = isJsonObject(body) ? (body["value"] ?? body["connectorStatus"] ?? body) : body;
  return Array.isArray(rows) ? rows : [rows];
}

function parse(sourceId: SourceId, rows: readonly unknown[], observedAtMs: number): readonly Reading[] {
  return parseSource({ sourceId, rows }, { observedAtMs, digest });
}

function readingsOf({ file, sourceId }: Sample, nowMs: number): readonly Reading[] {
  return parse(sourceId, rowsOf(file), nowMs);
}

function judgeSample(
  reading: Reading,
  nowMs: number,
  preset: Preset,
): { readonly standing: Standing; readonly judgements: readonly Judgement[] } {
  const when = { nowMs, observedAtMs: nowMs };
  const standing = judgeStanding(reading, { ignore: [], watchedConnectors: [], ...when, wasKnown: false });
  const input = anInput(reading, { ...when, firstSeenAtMs: nowMs });
  const judgements = evaluateConnection({ ...input, standing, isBlind: false }, { preset, rules: {}, overrides: [] });
  return { standing, judgements };
}

function readAs(reading: Reading, nowMs: number, wanted: ReadsAs | undefined): ReadsAs {
  const { standing, judgements } = judgeSample(reading, nowMs, "recommended");
  const breaches = ofVerdict(judgements, "breach", inWords);
  const unknown = ofVerdict(judgements, "unknown", ({ reason }) => reason);
  const measuring = judgements.filter(({ rule }) => wanted?.days?.[rule.id] !== undefined);
  return {
    name: reading.displayName,
    ...(standing.standing === "active" ? {} : { standing: `${standing.standing}: ${standing.reason}` }),
    ...(Object.keys(breaches).length === 0 ? {} : { breaches }),
    ...(Object.keys(unknown).length === 0 ? {} : { unknown }),
    ...(measuring.length === 0
      ? {}
      : { days: Object.fromEntries(measuring.map(({ rule, evaluation }) => [rule.id, daysOf(evaluation, nowMs)])) }),
  };
}

function ofVerdict(
  judgements: readonly Judgement[],
  verdict: Evaluation["verdict"],
  toWords: (evaluation: Evaluation) => string,
): ByRule<string> {
  const wanted = judgements.filter(({ evaluation }) => evaluation.verdict === verdict);
  return Object.fromEntries(wanted.map(({ rule, evaluation }) => [rule.id, toWords(evaluation)]));
}

function daysOf(evaluation: Evaluation, nowMs: number): number | undefined {
  const measured = "measured" in evaluation ? evaluation.measured : undefined;
  if (measured?.unit === "duration") return roundedDays(measured.ms);
  return measured?.unit === "date" ? roundedDays(measured.atMs - nowMs) : undefined;
}

function roundedDays(ms: number): number {
  return Math.round((ms / DAY_MS) * 100) / 100;
}

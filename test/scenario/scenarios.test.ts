import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { listScenarios } from "../../local/scenarios/load-scenario.ts";
import type { StepReason } from "../../src/domain/alerts/alert-state.ts";
import { inhibitorOf } from "../../src/domain/alerts/inhibition.ts";
import { NOTIFICATION_KINDS, NOTIFY_REASONS, type NotificationFacts } from "../../src/domain/delivery/notification.ts";
import type { Change } from "../../src/domain/history/connection-event.ts";
import { RULE_IDS, SEVERITIES } from "../../src/domain/rules/rule.ts";
import type { QuietReason } from "../../src/domain/suppression/quiet-reason.ts";
import { listCatalogue, loadFromCatalogue } from "./language/catalogue.ts";
import { matchForm } from "./language/form.ts";
import { LANGUAGE } from "./language/parse-script.ts";
import { type PlayedScenario, playFromCatalogue } from "./language/play-catalogue.ts";
import { playScript, type Told } from "./language/play-script.ts";
import { startHttpWorld } from "./language/read-over-http.ts";
import { reportPlay } from "./language/report-play.ts";
import { renderScenariosPage } from "./language/scenarios-page.ts";
import { movesOf, STATE_ROWS } from "./language/state-rows.ts";
import { tokensOf } from "./language/tokens.ts";

const PAGE = path.resolve(import.meta.dirname, "../../docs/scenarios.md");

/** Those that are played once more through the simulated Graph and the real adapter: all ways of failing are among them. */
const OVER_HTTP = listCatalogue().filter((name) => name.startsWith("simulated-") || name === "source-fails");

/** What can be seen of a play. */
interface Seen {
  readonly told: readonly NotificationFacts[];
  readonly changes: readonly Change[];
}

/** Every reason of a step; what no play can show says why. */
const STEP_REASONS: Readonly<Record<StepReason, string>> = {
  confirming: "seen",
  confirmed: "seen",
  "cleared-before-confirmed": "seen",
  "severity-rose": "seen",
  "severity-fell": "seen",
  "still-firing": "seen",
  recovering: "seen",
  "kept-open-while-flapping": "seen",
  relapsed: "seen",
  recovered: "seen",
  "kept-while-blind": "seen",
  "still-ok": "it changes nothing, so no event says it",
  "connection-gone": "seen",
  "not-configured": "seen",
  retired: "seen",
  ignored: "seen",
  "rule-off": "seen",
  "rule-changed": "seen",
  "not-applicable": "a connection keeps its kind and its last contact: what a rule fired on it goes on judging",
  "source-not-watched": "seen",
  "removed-from-configuration": "seen",
  "state-reset": "seen",
  "channel-left": "seen",
};

const QUIET_KINDS: Readonly<Record<QuietReason["kind"], true>> = {
  silence: true,
  maintenance: true,
  inhibited: true,
  acknowledged: true,
  flapping: true,
};

const CHANGE_TYPES: Readonly<Record<Change["type"], true>> = {
  alert: true,
  suppression: true,
  maintenance: true,
  appeared: true,
  disappeared: true,
  configuration: true,
  standing: true,
  state: true,
  gap: true,
};

/** Each is played once, by the first test that asks for it. */
const played = new Map<string, Promise<PlayedScenario>>();

function playedAs(name: string): Promise<PlayedScenario> {
  const known = played.get(name) ?? playFromCatalogue(name);
  played.set(name, known);
  return known;
}

describe("the scenarios", () => {
  it.each(listCatalogue())("%s tells what an operator must know, and nothing else", async (name) => {
    const { script, play, judgement } = await playedAs(name);

    const report = reportPlay(script, play, { judgement, paint: (_tone, text) => text });

    expect(report).toMatch(/^(All \d+ wants met, nothing else told|No notification wanted, none told)\.$/m);
  });

  it.each(OVER_HTTP)("%s tells the same through the real Graph adapter", async (name) => {
    const script = loadFromCatalogue(name);
    const { graph, read } = await startHttpWorld(script);
    try {
      const { told } = await playScript(script, { read });

      expect(told.map(toLine)).toEqual((await playedAs(name)).play.told.map(toLine));
      expect(graph.unexpectedMethods()).toEqual([]);
    } finally {
      await graph.stop();
    }
  });

  it("show what npm start shows, but for the one that goes on live", () => {
    const shown = listCatalogue().flatMap((name) => /^simulated-(.*)$/.exec(name)?.[1] ?? []);

    expect(shown).toEqual(listScenarios().filter((name) => name !== "demo"));
  });

  it("use every statement of the language", () => {
    const lines = listCatalogue().flatMap((name) => loadFromCatalogue(name).text.split("\n").map(tokensOf));

    const unused = Object.values(LANGUAGE)
      .flat()
      .filter(({ parts }) => !lines.some((tokens) => matchForm(parts, tokens).kind === "match"));

    expect(unused.map(({ form }) => form)).toEqual([]);
  });
});

describe("the catalogue", () => {
  it.each(STATE_ROWS)("shows row $row of the state machine in $scenario: $says", async ({ scenario, ...row }) => {
    const { play, script } = await playedAs(scenario);

    const moves = movesOf(play.events, row, script.zeroMs);

    expect(`${moves.join("\n")}\n`).toContain(`${row.moves.join("\n")}\n`);
  });

  it.each<{
    readonly what: string;
    readonly all: readonly string[];
    readonly seen: (played: Seen) => readonly string[];
  }>([
    { what: "rule told", all: RULE_IDS, seen: ({ told }) => told.map(({ ruleId }) => ruleId) },
    { what: "kind of notification", all: NOTIFICATION_KINDS, seen: ({ told }) => told.map(({ kind }) => kind) },
    { what: "reason to tell", all: NOTIFY_REASONS, seen: ({ told }) => told.map(({ reason }) => reason) },
    { what: "severity told", all: SEVERITIES, seen: ({ told }) => told.map(({ severity }) => severity) },
    { what: "kind of change", all: keysOf(CHANGE_TYPES), seen: ({ changes }) => changes.map(({ type }) => type) },
    {
      what: "reason of a step",
      all: keysOf(STEP_REASONS).filter((reason) => STEP_REASONS[reason] === "seen"),
      seen: ({ changes, told }) => [
        ...changes.flatMap((change) => (change.type === "alert" ? change.reason : [])),
        ...told.flatMap(({ endReason }) => endReason ?? []),
      ],
    },
    {
      what: "kind of quiet that begins",
      all: keysOf(QUIET_KINDS),
      seen: ({ changes }) =>
        changes.flatMap((change) => (change.type === "suppression" ? change.began : [])).map(kindOf),
    },
    {
      what: "kind of quiet that ends",
      all: keysOf(QUIET_KINDS),
      seen: ({ changes }) =>
        changes.flatMap((change) => (change.type === "suppression" ? change.ended : [])).map(kindOf),
    },
    {
      what: "pair of which one inhibits the other",
      all: RULE_IDS.flatMap((ruleId) =>
        RULE_IDS.filter((by) => inhibitorOf(ruleId, [by])).map((by) => `${by} ${ruleId}`),
      ),
      seen: ({ changes }) =>
        changes.flatMap((change) =>
          change.type === "suppression"
            ? change.began.flatMap((quiet) => (quiet.kind === "inhibited" ? `${quiet.by} ${change.ruleId}` : []))
            : [],
        ),
    },
  ])("shows every $what", async ({ all, seen }) => {
    const plays = await Promise.all(listCatalogue().map(playedAs));

    const shown = new Set(plays.flatMap(({ play }) => seen(toSeen(play))));

    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((word) => !shown.has(word))).toEqual([]);
  });
});

describe("renderScenariosPage()", () => {
  it("is what docs/scenarios.md holds; if not, run npm run docs", async () => {
    expect(await readFile(PAGE, "utf8")).toBe(renderScenariosPage(await Promise.all(listCatalogue().map(playedAs))));
  });
});

function toLine({ atMs, channel, facts }: Told): string {
  return `${atMs} ${channel} ${facts.kind} ${facts.ruleId} ${facts.severity} ${facts.connectionName}`;
}

function toSeen({ told, events }: PlayedScenario["play"]): Seen {
  return { told: told.map(({ facts }) => facts), changes: events.flatMap(({ changes }) => changes) };
}

function kindOf({ kind }: QuietReason): string {
  return kind;
}

function keysOf<const K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[]; // The records above are closed.
}

import { describe, expect, it } from "vitest";
import type { AlertState } from "../../../../src/domain/alerts/alert-state.ts";
import type { PollContext } from "../../../../src/domain/poll/poll-context.ts";
import { type QuietSubject, whyQuiet } from "../../../../src/domain/poll/why-quiet.ts";
import type { Acknowledgement } from "../../../../src/domain/suppression/acknowledgement.ts";
import type { WindowMark } from "../../../../src/domain/suppression/maintenance-window.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest } from "../../../builders/a-policy.ts";
import { ALERT_KEY, anAlert, PERIOD_MS } from "../alerts/an-alert.ts";
import { aPartner } from "../connections/a-reading.ts";
import { aSilence, BEGIN_MS } from "../suppression/a-silence.ts";

const NOW_MS = BEGIN_MS;

function aWindow(name: string): WindowMark {
  return { name, match: {} };
}

function anAcknowledgement(overrides: Partial<Acknowledgement> = {}): Acknowledgement {
  const times = { writtenAtMs: NOW_MS - HOUR_MS, untilMs: NOW_MS + HOUR_MS };
  return { alertKey: ALERT_KEY, episode: `${ALERT_KEY}-0`, by: "anna", reason: "on it", ...times, ...overrides };
}

interface World extends Partial<PollContext["suppression"]>, Partial<QuietSubject> {}

function why(world: World): ReturnType<typeof whyQuiet> {
  const { alert = anAlert("firing"), openRules = [], windows = [] } = world;
  const { silences = [], acknowledgements = [], openAbove = [], severity = "warning" } = world;
  const context: PollContext = {
    policy: aPolicy(),
    slotMs: NOW_MS,
    observedAtMs: NOW_MS,
    nowMs: NOW_MS,
    periodMs: PERIOD_MS,
    digest,
    suppression: { silences, acknowledgements, windows, openAbove },
  };
  return whyQuiet({ alert, severity, observed: { reading: aPartner() }, openRules }, context);
}

describe("whyQuiet()", () => {
  const flaps = { firedSlotsMs: [], clearedSlotsMs: [], changedSlotMs: 0, sinceSlotMs: 0 };
  const rose: AlertState = anAlert("firing", {
    episode: { id: `${ALERT_KEY}-0`, firedSlotMs: 0, escalatedAtMs: NOW_MS },
  });
  const acknowledged = { kind: "acknowledged", untilMs: NOW_MS + HOUR_MS, by: "anna", reason: "on it" } as const;

  it.each<World & { readonly when: string; readonly says: readonly unknown[] }>([
    { when: "nothing keeps it quiet", says: [] },
    {
      when: "a silence covers it",
      silences: [aSilence()],
      says: [
        {
          kind: "silence",
          id: "s-1",
          untilMs: BEGIN_MS + HOUR_MS,
          by: "anna@contoso.example",
          reason: "firewall change",
        },
      ],
    },
    { when: "a silence is over", silences: [aSilence({ untilMs: NOW_MS })], says: [] },
    { when: "a silence is for another rule", silences: [aSilence({ match: { rule: "expiry" } })], says: [] },
    { when: "a silence is for another severity", silences: [aSilence({ match: { severity: "error" } })], says: [] },
    { when: "it is in maintenance", windows: [aWindow("patch")], says: [{ kind: "maintenance", name: "patch" }] },
    {
      when: "a window is for another kind",
      windows: [{ ...aWindow("patch"), match: { kind: "connector" } }],
      says: [],
    },
    {
      when: "a rule of the same connection speaks for it",
      openRules: ["partner-state"],
      says: [{ kind: "inhibited", by: "partner-state" }],
    },
    {
      when: "a rule above it speaks for it",
      alert: anAlert("firing", { ruleId: "source-unreadable" }),
      openAbove: ["tenant-unreadable"],
      says: [{ kind: "inhibited", by: "tenant-unreadable" }],
    },
    { when: "a rule that is open says something else", openAbove: ["clock-skew"], says: [] },
    { when: "its episode is acknowledged", acknowledgements: [anAcknowledgement()], says: [acknowledged] },
    {
      when: "another alert is acknowledged",
      acknowledgements: [anAcknowledgement({ alertKey: "b".repeat(32) })],
      says: [],
    },
    {
      when: "an episode of long ago was acknowledged",
      acknowledgements: [anAcknowledgement({ episode: `${ALERT_KEY}-1` })],
      says: [],
    },
    { when: "it got graver after it was acknowledged", alert: rose, acknowledgements: [anAcknowledgement()], says: [] },
    { when: "it is not open", alert: anAlert("pending"), acknowledgements: [anAcknowledgement()], says: [] },
    { when: "it flaps", alert: anAlert("firing", { flaps }), says: [{ kind: "flapping" }] },
    {
      when: "there are several reasons",
      alert: anAlert("firing", { flaps }),
      windows: [aWindow("patch")],
      acknowledgements: [anAcknowledgement()],
      openRules: ["partner-state"],
      says: [
        { kind: "maintenance", name: "patch" },
        { kind: "inhibited", by: "partner-state" },
        acknowledged,
        { kind: "flapping" },
      ],
    },
  ])("says all there is to say when $when", ({ says, ...world }) => {
    expect(why(world)).toEqual(says);
  });

  it("names the 2 silences that last longest, and 2 windows", () => {
    const silences = [1, 4, 2, 3].map((hours) => aSilence({ id: `s-${hours}`, untilMs: NOW_MS + hours * HOUR_MS }));

    const reasons = why({ silences, windows: ["one", "two", "three"].map(aWindow) });

    const names = reasons.map((reason) => (reason.kind === "silence" ? reason.id : "name" in reason && reason.name));
    expect(names).toEqual(["s-4", "s-3", "one", "two"]);
  });

  it("cuts what people have written to 60 characters", () => {
    const long = { by: "b".repeat(100), reason: "r".repeat(200) };

    const reasons = why({
      silences: [aSilence(long)],
      windows: [aWindow("w".repeat(100))],
      acknowledgements: [anAcknowledgement(long)],
    });

    const cut = { by: `${"b".repeat(59)}…`, reason: `${"r".repeat(59)}…` };
    expect(reasons).toMatchObject([cut, { name: `${"w".repeat(59)}…` }, cut]);
  });
});

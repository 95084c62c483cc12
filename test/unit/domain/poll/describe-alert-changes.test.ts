import { describe, expect, it } from "vitest";
import type { OutboxRow } from "../../../../src/domain/delivery/notification.ts";
import { describeAlertChanges } from "../../../../src/domain/poll/describe-alert-changes.ts";
import type { QuietReason } from "../../../../src/domain/suppression/quiet-reason.ts";
import { aNotification } from "../../../builders/a-notification.ts";
import { ALERT_KEY, aBreach, anAlert, quiet } from "../alerts/an-alert.ts";

const silence: QuietReason = { kind: "silence", id: "s-1", untilMs: 1, by: "anna", reason: "known" };
const silenced = anAlert("firing", { quiet: [silence] });

function aRow(channel: string, kind: "fired" | "resolved"): OutboxRow {
  const reason = kind === "fired" ? "first-firing" : "ended";
  return { facts: aNotification({ kind, reason }), channel, attempts: 0, nextAttemptAtMs: 0 };
}

describe("describeAlertChanges()", () => {
  it("says nothing when nothing changed", () => {
    const alert = { before: silenced, after: silenced, reason: "still-firing" } as const;

    expect(describeAlertChanges(alert, [])).toEqual([]);
  });

  it("tells of a new phase with what was told to whom, and why", () => {
    const evaluation = aBreach();
    const alert = {
      before: anAlert("pending"),
      after: anAlert("firing", { evaluation }),
      reason: "confirmed",
    } as const;

    expect(describeAlertChanges(alert, [aRow("ops", "fired"), aRow("pager", "fired")])).toEqual([
      {
        type: "alert",
        ruleId: "heartbeat-age",
        from: "pending",
        to: "firing",
        reason: "confirmed",
        severity: "warning",
        episode: `${ALERT_KEY}-0`,
        evaluation,
        told: { ops: "fired", pager: "fired" },
        why: { ops: "first-firing", pager: "first-firing" },
      },
    ]);
  });

  it("names the severity and the episode of an alert that is over", () => {
    const [change] = describeAlertChanges({ before: anAlert("recovering"), after: quiet, reason: "recovered" }, []);

    expect(change).toMatchObject({ to: "inactive", severity: "warning", episode: `${ALERT_KEY}-0`, told: {} });
  });

  it.each([
    { what: "a new severity", after: anAlert("firing", { severity: "error" }), rows: [] },
    { what: "a notification", after: anAlert("firing"), rows: [aRow("ops", "fired")] },
  ])("tells of $what in the same phase", ({ after, rows }) => {
    const changes = describeAlertChanges({ before: anAlert("firing"), after, reason: "still-firing" }, rows);

    expect(changes).toMatchObject([{ type: "alert", from: "firing", to: "firing" }]);
  });

  it.each([
    { what: "begins", before: [], after: [silence], change: { began: [silence], ended: [] } },
    { what: "ends", before: [silence], after: [], change: { began: [], ended: [silence] } },
    {
      what: "gives way to another",
      before: [silence],
      after: [{ kind: "flapping" }],
      change: { began: [{ kind: "flapping" }], ended: [silence] },
    },
  ] as const)("tells that what keeps it quiet $what", ({ before, after, change }) => {
    const alert = {
      before: anAlert("firing", { quiet: before }),
      after: anAlert("firing", { quiet: after }),
      reason: "still-firing",
    } as const;

    expect(describeAlertChanges(alert, [])).toEqual([{ type: "suppression", ruleId: "heartbeat-age", ...change }]);
  });

  it("tells of suppression after the change of the alert itself", () => {
    const changes = describeAlertChanges({ before: silenced, after: quiet, reason: "recovered" }, []);

    expect(changes.map(({ type }) => type)).toEqual(["alert", "suppression"]);
  });

  it.each([
    { what: "a silence that ends earlier", before: silence, after: { ...silence, untilMs: 0 }, count: 0 },
    { what: "another silence", before: silence, after: { ...silence, id: "s-2" }, count: 1 },
    {
      what: "an acknowledgement that is renewed",
      before: { kind: "acknowledged", untilMs: 1, by: "anna", reason: "on it" },
      after: { kind: "acknowledged", untilMs: 2, by: "ben", reason: "still" },
      count: 0,
    },
    {
      what: "another window",
      before: { kind: "maintenance", name: "one" },
      after: { kind: "maintenance", name: "two" },
      count: 1,
    },
    {
      what: "another alert that speaks for it",
      before: { kind: "inhibited", by: "partner-state" },
      after: { kind: "inhibited", by: "expiry" },
      count: 1,
    },
    { what: "the same flapping", before: { kind: "flapping" }, after: { kind: "flapping" }, count: 0 },
  ] as const)("takes $what for $count changes", ({ before, after, count }) => {
    const alert = {
      before: anAlert("firing", { quiet: [before] }),
      after: anAlert("firing", { quiet: [after] }),
      reason: "still-firing",
    } as const;

    expect(describeAlertChanges(alert, [])).toHaveLength(count);
  });
});

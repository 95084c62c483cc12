import { describe, expect, it } from "vitest";
import { CONNECTOR_MEANINGS } from "../../../../src/domain/connections/reading.ts";
import { RULES, ruleOf } from "../../../../src/domain/rules/catalogue.ts";
import { OTHER_KIND } from "../../../../src/domain/rules/define-rule.ts";
import { RULE_IDS } from "../../../../src/domain/rules/rule.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import {
  aChannel,
  aCompliancePartner,
  aConnector,
  aFleet,
  aPartner,
  aSource,
  aTenant,
  aTenantWatch,
  NOW_MS,
} from "../connections/a-reading.ts";
import { evaluate } from "./an-input.ts";

const readings = [
  aPartner(),
  aCompliancePartner(),
  ...CONNECTOR_MEANINGS.map((meaning) => aConnector({ meaning })),
  aSource(),
  aTenant(),
  aFleet(),
  aTenantWatch(),
  aChannel(),
];

describe("RULES", () => {
  it("holds every rule in the order of the ids", () => {
    expect(RULES.map(({ id }) => id)).toStrictEqual([...RULE_IDS]);
  });

  it.each(RULES)("gives $id a title, and says in whole sentences what follows and what to do", (rule) => {
    const own = readings.filter(
      (reading) => rule.appliesTo.includes(reading.kind) && evaluate(rule, reading).reason !== OTHER_KIND,
    );

    const texts = [rule.remedy, ...own.map((reading) => rule.consequence({ reading, nowMs: NOW_MS }))];

    expect(own.length).toBeGreaterThan(0);
    expect(rule.title).toMatch(/^[A-Z].{5,}$/);
    for (const text of texts) expect(text).toMatch(/^(?:[A-Z]|[a-z ]+: ).+\.$/);
  });

  it("lets every alert count as flapping but those that tell of events", () => {
    expect(RULES.filter(({ tellsEvents }) => tellsEvents === true).map(({ id }) => id)).toStrictEqual([
      "configuration-changed",
    ]);
  });

  it("confirms and recovers as the design says", () => {
    const polls = Object.fromEntries(
      RULES.map(({ id, defaults }) => [id, [defaults.confirmPolls, defaults.recoverPolls, defaults.keepFiringMs]]),
    );

    expect(polls).toStrictEqual({
      "graph-unavailable": [1, 1, 0],
      "tenant-late": [1, 1, 0],
      "channel-failing": [1, 1, 0],
      "state-unreadable": [1, 1, 0],
      "tenant-unreadable": [1, 1, 0],
      "source-unreadable": [1, 1, 0],
      "clock-skew": [2, 2, 30 * MINUTE_MS],
      "partner-state": [2, 3, 30 * MINUTE_MS],
      "heartbeat-age": [2, 3, 30 * MINUTE_MS],
      "first-heartbeat": [1, 1, 0],
      "noncompliance-deadline": [1, 1, 0],
      "removal-deadline": [1, 1, 0],
      "sync-age": [2, 3, 30 * MINUTE_MS],
      expiry: [1, 1, 0],
      "reported-health": [2, 3, 30 * MINUTE_MS],
      "configuration-changed": [1, 1, 0],
      "connection-missing": [1, 1, 0],
      "data-problem": [2, 2, 30 * MINUTE_MS],
    });
  });
});

describe("ruleOf()", () => {
  it.each(RULE_IDS)("returns the rule %s", (id) => {
    expect(ruleOf(id).id).toBe(id);
  });
});

import { describe, expect, it } from "vitest";
import { MOBILE_THREAT_DEFENSE } from "../../../../src/domain/connections/connector-catalogue.ts";
import { heartbeatAge } from "../../../../src/domain/rules/heartbeat-age.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aCompliancePartner, aConnector, aPartner, at, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

const ages = [
  { ageMs: 0, partner: "ok: beating", defender: "ok: beating", threatDefense: "ok: beating" },
  { ageMs: 36 * HOUR_MS, partner: "ok: beating", defender: "ok: beating", threatDefense: "ok: beating" },
  {
    ageMs: 36 * HOUR_MS + 1,
    partner: "warning: silent",
    defender: "warning: silent",
    threatDefense: "warning: silent",
  },
  {
    ageMs: 72 * HOUR_MS - 1,
    partner: "warning: silent",
    defender: "warning: silent",
    threatDefense: "warning: silent",
  },
  { ageMs: 72 * HOUR_MS, partner: "error: silent", defender: "error: silent", threatDefense: "error: silent" },
  { ageMs: 7 * DAY_MS - 1, partner: "error: silent", defender: "error: silent", threatDefense: "error: silent" },
  { ageMs: 7 * DAY_MS, partner: "error: silent", defender: "error: silent", threatDefense: "critical: silent" },
];

describe("heartbeat-age", () => {
  it.each(ages)("judges a heartbeat $ageMs ms old", ({ ageMs, partner, defender, threatDefense }) => {
    const beat = at(NOW_MS - ageMs);
    const heartbeat = { meaning: "heartbeat", eventDate: beat } as const;
    const readings = [
      aPartner({ lastContact: beat }),
      aCompliancePartner({ lastContact: beat }),
      aConnector({ ...heartbeat, connectorName: "windowsDefenderATPConnectorLastHeartbeatDateTime" }),
      aConnector({ ...heartbeat, connectorName: MOBILE_THREAT_DEFENSE }),
    ];

    const words = readings.map((reading) => inWords(evaluate(heartbeatAge, reading)));

    expect(words).toStrictEqual([partner, partner, defender, threatDefense]);
  });

  it.each([
    {
      name: "a partner that never beat",
      reading: aPartner({ lastContact: "never" }),
      want: "not-applicable: never-beat",
    },
    {
      name: "a connector that never beat",
      reading: aConnector({ meaning: "heartbeat", eventDate: "never" }),
      want: "unknown: never-in-contact",
    },
    {
      name: "a partner that says never and beat once",
      reading: aPartner({ lastContact: "never", lastBeat: at(NOW_MS - 4 * DAY_MS) }),
      want: "error: silent",
    },
    { name: "a date that was not read", reading: aPartner({ lastContact: undefined }), want: "unknown: not-read" },
    {
      name: "an old date that was carried over",
      reading: aPartner({ lastContact: at(NOW_MS - 9 * DAY_MS), carriedOver: ["lastContact"] }),
      want: "unknown: not-read",
    },
    { name: "a connector that syncs", reading: aConnector(), want: "not-applicable: other-kind" },
  ])("says $want of $name", ({ reading, want }) => {
    expect(inWords(evaluate(heartbeatAge, reading))).toBe(want);
  });

  it("measures age when the reading was taken, so that our blindness is no silence", () => {
    const blind = evaluate(heartbeatAge, aPartner(), { input: { nowMs: NOW_MS + 9 * DAY_MS } });

    expect(inWords(blind)).toBe("ok: beating");
  });

  it.each([
    { name: "a compliance partner", reading: aCompliancePartner(), want: /^Nothing new .*Conditional Access/ },
    { name: "a management partner", reading: aPartner(), want: /^If it stays silent, .*removed/ },
    {
      name: "a partner with a date",
      reading: aPartner({ removalDeadline: at(NOW_MS + 10 * DAY_MS) }),
      want: /2026-08-02 17:00 UTC \(in 10 d\)\.$/,
    },
    { name: "a connector", reading: aConnector({ meaning: "heartbeat" }), want: /usually 7 days, .*fails open/ },
  ])("says what follows for $name", ({ reading, want }) => {
    expect(heartbeatAge.consequence({ reading, nowMs: NOW_MS })).toMatch(want);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDeliveryRequest, parsePollRequest } from "../../../../src/domain/poll/parse-requests.ts";

const tenantId = "01234567-89ab-cdef-0123-456789abcdef";
const slotMs = 1_795_320_000_000;

const BAD_TENANT = { kind: "bad", problem: "tenantId must be a lower-case GUID" };
const BAD_DRAINED = { kind: "bad", problem: "tenantId must be a lower-case GUID or fleet" };
const BAD_SLOT = { kind: "bad", problem: "slotMs must be whole epoch milliseconds" };

const badTenants = [
  { message: undefined },
  { message: null },
  { message: "text that is no JSON" },
  { message: 5 },
  { message: [] },
  { message: {} },
  { message: { tenantId: 5 } },
  { message: { tenantId: "" } },
  { message: { tenantId: "Fleet" } },
  { message: { tenantId: tenantId.toUpperCase() } },
  { message: { tenantId: `${tenantId}\n` } },
  { message: { tenantId: ` ${tenantId}` } },
  { message: { tenantId: tenantId.replaceAll("-", "") } },
  { message: Object.create({ tenantId, slotMs }) as unknown },
];

describe("parsePollRequest()", () => {
  it.each([
    { given: {}, want: {} },
    { given: { graphUnavailable: true }, want: { graphUnavailable: true } },
    { given: { graphUnavailable: false }, want: { graphUnavailable: false } },
    { given: { closing: true }, want: { closing: true } },
    { given: { id: "x", closing: undefined }, want: {} },
  ])("takes tenant and slot, and of $given $want", ({ given, want }) => {
    const parsed = parsePollRequest({ tenantId, slotMs, ...given });

    expect(parsed).toStrictEqual({ kind: "ok", request: { tenantId, slotMs, ...want } });
  });

  it("does not take the fleet: nobody polls it by message", () => {
    expect(parsePollRequest({ tenantId: "fleet", slotMs })).toEqual(BAD_TENANT);
  });

  it.each([
    { graphUnavailable: "true", problem: "graphUnavailable must be true or false" },
    { graphUnavailable: null, problem: "graphUnavailable must be true or false" },
    { closing: false, problem: "closing must be true" },
    { closing: 1, problem: "closing must be true" },
  ])("refuses $graphUnavailable and $closing: $problem", ({ problem, ...flags }) => {
    expect(parsePollRequest({ tenantId, slotMs, ...flags })).toEqual({ kind: "bad", problem });
  });

  it.each(badTenants)("refuses $message for its tenant", ({ message }) => {
    expect(parsePollRequest(message)).toEqual(BAD_TENANT);
  });

  it.each([
    { slotMs: undefined },
    { slotMs: null },
    { slotMs: "1795320000000" },
    { slotMs: -1 },
    { slotMs: 0.5 },
    { slotMs: Number.NaN },
    { slotMs: Number.POSITIVE_INFINITY },
    { slotMs: 2 ** 53 },
  ])("refuses $slotMs for a slot", (bad) => {
    expect(parsePollRequest({ tenantId, ...bad })).toEqual(BAD_SLOT);
  });

  it("understands or refuses anything, and never repeats it", () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect([BAD_TENANT, BAD_SLOT]).toContainEqual(parsePollRequest(message));
      }),
    );
  });
});

describe("parseDeliveryRequest()", () => {
  it("takes the tenant and nothing else", () => {
    const parsed = parseDeliveryRequest({ tenantId, slotMs: "whatever" });

    expect(parsed).toEqual({ kind: "ok", request: { tenantId } });
  });

  it("takes the fleet, which has notifications too", () => {
    expect(parseDeliveryRequest({ tenantId: "fleet" })).toEqual({ kind: "ok", request: { tenantId: "fleet" } });
  });

  it.each(badTenants)("refuses $message", ({ message }) => {
    expect(parseDeliveryRequest(message)).toEqual(BAD_DRAINED);
  });
});

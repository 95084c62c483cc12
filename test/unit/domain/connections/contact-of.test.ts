import { describe, expect, it } from "vitest";
import { contactOf, newestContactMs } from "../../../../src/domain/connections/contact-of.ts";
import { aConnector, aPartner, aSource, aTenant, at, NOW_MS } from "./a-reading.ts";

describe("contactOf()", () => {
  it.each([
    { name: "a partner's heartbeat", reading: aPartner({ lastContact: at(NOW_MS) }), want: at(NOW_MS) },
    { name: "a partner's never", reading: aPartner({ lastContact: "never" }), want: "never" },
    { name: "a connector's sync", reading: aConnector({ eventDate: at(NOW_MS) }), want: at(NOW_MS) },
    { name: "nothing of an expiry", reading: aConnector({ meaning: "expiry" }), want: undefined },
    { name: "nothing of a date without meaning", reading: aConnector({ meaning: "none" }), want: undefined },
    { name: "a source's last good read", reading: aSource({ lastGoodAtMs: NOW_MS }), want: at(NOW_MS) },
    { name: "a tenant's last good read", reading: aTenant({ lastGoodAtMs: NOW_MS }), want: at(NOW_MS) },
  ])("returns $name", ({ reading, want }) => {
    const contact = contactOf(reading);

    expect(contact).toStrictEqual(want);
  });
});

describe("newestContactMs()", () => {
  it.each([
    { name: "the last contact", reading: aPartner({ lastContact: at(NOW_MS) }), want: NOW_MS },
    {
      name: "the contact before the date was set back",
      reading: aPartner({ lastContact: "never", lastBeat: at(NOW_MS) }),
      want: NOW_MS,
    },
    { name: "nothing of a partner that never beat", reading: aPartner({ lastContact: "never" }), want: undefined },
  ])("returns $name", ({ reading, want }) => {
    expect(newestContactMs(reading)).toBe(want);
  });
});

import { describe, expect, it } from "vitest";
import { getConnection } from "../../../src/app/get-connection.ts";
import { digest } from "../../builders/a-policy.ts";
import { anEvent, aSource, aState, at, PARTNER_ID, TENANT } from "../http/builders.ts";
import { aStoredHistory } from "../http/stored-history.ts";

const { tenantId } = TENANT;
const KEY = digest(PARTNER_ID);

describe("getConnection()", () => {
  it("finds the state, judged beside its source, and the last 20 events, newest first", async () => {
    const stored = aStoredHistory(tenantId);
    const source = aState({ reading: aSource("complianceManagementPartners") });
    await stored.addStates(aState(), source);
    const slots = Array.from({ length: 21 }, (_, n) => at("2026-11-22T00:00:00Z") + n);
    await stored.addEvents(...slots.map((slotMs) => anEvent({ slotMs })));

    const found = await getConnection({ store: stored.store, history: stored }, { tenantId, connectionKey: KEY });

    expect(found).toMatchObject({ kind: "found", connection: { verdict: "ok", state: { connectionKey: KEY } } });
    expect(found.kind === "found" && found.events.map(({ slotMs }) => slotMs)).toEqual(slots.slice(1).toReversed());
    expect(stored.calls.filter((call) => call === "events")).toHaveLength(1);
  });

  it("tells a state that cannot be read from none", async () => {
    const stored = aStoredHistory(tenantId);
    stored.spoil(KEY);
    const get = (connectionKey: string) =>
      getConnection({ store: stored.store, history: stored }, { tenantId, connectionKey });

    expect(await get(KEY)).toEqual({ kind: "unreadable" });
    expect(await get("0".repeat(32))).toEqual({ kind: "unknown" });
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import type { Silence } from "../../../src/domain/suppression/silence.ts";
import { HOUR_MS } from "../../../src/domain/units.ts";
import type { LivePartition } from "../../../src/ports/monitor-store.ts";
import {
  anAcknowledgement,
  anAudit,
  anInsert,
  anOutboxRow,
  aSilence,
  HOSTILE_TEXTS,
  keyOf,
  SLOT_MS,
  TENANT,
} from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

const OTHER_TENANT = "00000000-0000-4000-8000-0000000000a2";
const END_MS = SLOT_MS + HOUR_MS;

function rev(atMs: number): string {
  return String(9_999_999_999_999 - atMs);
}

/** What every SuppressionStore holds to. */
export function describeSuppressionStore(open: OpenStorage): void {
  let storage: StorageUnderTest;

  beforeEach(() => {
    storage = open();
  });

  function live(): Promise<LivePartition> {
    return storage.monitorStore.loadLive(TENANT);
  }

  async function silenced(): Promise<readonly Silence[]> {
    return (await live()).silences;
  }

  async function audits(): Promise<readonly string[]> {
    return (await storage.keys(TENANT)).filter((key) => key.startsWith("audit|"));
  }

  function write(overrides: Partial<Silence> = {}, auditId = "a-1"): Promise<"written" | "conflict"> {
    return storage.suppressionStore.writeSilence(TENANT, aSilence(overrides), anAudit({ id: auditId }));
  }

  function end(endedAtMs: number, auditId = "a-2"): Promise<"ended" | "not-found"> {
    const audit = anAudit({ id: auditId, action: "end-silence" });
    return storage.suppressionStore.endSilence(TENANT, { id: "s-1", endedAtMs }, audit);
  }

  function remove(auditId = "a-2"): Promise<"removed" | "not-found"> {
    const audit = anAudit({ id: auditId, action: "take-back-acknowledgement", target: keyOf(1) });
    return storage.suppressionStore.removeAcknowledgement(TENANT, keyOf(1), audit);
  }

  async function acknowledge(overrides: Parameters<typeof anAcknowledgement>[0] = {}, auditId = "a-1"): Promise<void> {
    const audit = anAudit({ id: auditId, action: "acknowledge", target: keyOf(1) });
    await storage.suppressionStore.writeAcknowledgement(TENANT, anAcknowledgement(overrides), audit);
  }

  describe("listSilences()", () => {
    it("finds none where none was written", async () => {
      expect(await storage.suppressionStore.listSilences(TENANT)).toEqual([]);
    });

    it("gives those that were over, are in force and are to come, by id", async () => {
      await write({ id: "s-2", fromMs: END_MS, untilMs: END_MS + 1 });
      await write({ id: "s-1", fromMs: 0, untilMs: 1 });
      await write({ id: "s-3" });

      const silences = await storage.suppressionStore.listSilences(TENANT);

      expect(silences.map(({ id }) => id)).toEqual(["s-1", "s-2", "s-3"]);
      expect(silences[2]).toEqual(aSilence({ id: "s-3" }));
    });

    it("leaves out what cannot be read, and other tenants", async () => {
      await write();
      await storage.corrupt("monitor", TENANT, "live|silence|s-1");
      await write({ id: "s-2" });

      const silences = await storage.suppressionStore.listSilences(TENANT);

      expect(silences.map(({ id }) => id)).toEqual(["s-2"]);
      expect(await storage.suppressionStore.listSilences(OTHER_TENANT)).toEqual([]);
    });
  });

  describe("writeSilence()", () => {
    it.each([
      { label: "every matcher", silence: aSilence() },
      { label: "no matcher", silence: aSilence({ match: {} }) },
      { label: "an end before its time", silence: aSilence({ endedAtMs: END_MS }) },
    ])("shows the next poll a silence with $label as it was written", async ({ silence }) => {
      const outcome = await write(silence);

      expect(outcome).toBe("written");
      expect(await silenced()).toEqual([silence]);
    });

    it("writes the audit entry beside it", async () => {
      await write();

      expect(await storage.keys(TENANT)).toEqual([`audit|${rev(SLOT_MS)}|a-1`, "live|silence|s-1"]);
    });

    it.each(HOSTILE_TEXTS)("gives back $label as they were written", async ({ text }) => {
      const silence = aSilence({ match: { connection: text, rule: text }, by: text, reason: text });

      const outcome = await storage.suppressionStore.writeSilence(TENANT, silence, anAudit({ by: text, reason: text }));

      expect(outcome).toBe("written");
      expect(await silenced()).toEqual([silence]);
    });

    it("takes the same order given again for the first one, and writes nothing", async () => {
      await write();

      const outcome = await write({ writtenAtMs: SLOT_MS + 9 }, "a-2");

      expect(outcome).toBe("written");
      expect(await silenced()).toEqual([aSilence()]);
      expect(await audits()).toHaveLength(1);
    });

    it.each<Partial<Silence>>([
      { match: {} },
      { fromMs: SLOT_MS + 1 },
      { untilMs: END_MS + 1 },
      { by: "ben@contoso.example" },
      { reason: "another" },
    ])("refuses to rewrite one with %j, and writes nothing", async (change) => {
      await write();

      const outcome = await write(change, "a-2");

      expect(outcome).toBe("conflict");
      expect(await silenced()).toEqual([aSilence()]);
      expect(await audits()).toHaveLength(1);
    });

    it("does not bring back one that was ended", async () => {
      await write();
      await end(SLOT_MS + 5);

      const outcome = await write({}, "a-3");

      expect(outcome).toBe("conflict");
      expect(await silenced()).toEqual([aSilence({ untilMs: SLOT_MS + 5, endedAtMs: SLOT_MS + 5 })]);
    });

    it("refuses an id whose row cannot be read", async () => {
      await storage.corrupt("monitor", TENANT, "live|silence|s-1");

      expect(await write()).toBe("conflict");
      expect(await audits()).toEqual([]);
    });

    it("lets one of two different orders win", async () => {
      const outcomes = await Promise.all([write({ reason: "one" }), write({ reason: "two" }, "a-2")]);

      expect(outcomes.toSorted()).toEqual(["conflict", "written"]);
      expect(await silenced()).toHaveLength(1);
      expect(await audits()).toHaveLength(1);
    });

    it("keeps tenants apart", async () => {
      await write();
      await storage.suppressionStore.writeSilence("fleet", aSilence({ reason: "other" }), anAudit());

      expect(await silenced()).toEqual([aSilence()]);
    });
  });

  describe("endSilence()", () => {
    it("ends a silence and says so in the audit", async () => {
      await write();

      const outcome = await end(SLOT_MS + 5);

      expect(outcome).toBe("ended");
      expect(await silenced()).toEqual([aSilence({ untilMs: SLOT_MS + 5, endedAtMs: SLOT_MS + 5 })]);
      expect(await audits()).toEqual([`audit|${rev(SLOT_MS)}|a-1`, `audit|${rev(SLOT_MS)}|a-2`]);
    });

    it.each([SLOT_MS + 5, SLOT_MS + 4, SLOT_MS + 6])(
      "lets the first end stand when it is ended again",
      async (againMs) => {
        await write();
        await end(SLOT_MS + 5);

        const outcome = await end(againMs, "a-3");

        expect(outcome).toBe("ended");
        expect((await silenced()).map(({ untilMs }) => untilMs)).toEqual([SLOT_MS + 5]);
        expect(await audits()).toHaveLength(2);
      },
    );

    it("leaves one that is over by itself as it is", async () => {
      await write();

      const outcome = await end(END_MS);

      expect(outcome).toBe("ended");
      expect(await silenced()).toEqual([aSilence()]);
      expect(await audits()).toHaveLength(1);
    });

    it("finds none that was never written, or that cannot be read", async () => {
      const never = await end(SLOT_MS);
      await storage.corrupt("monitor", TENANT, "live|silence|s-1");
      const unreadable = await end(SLOT_MS);

      expect([never, unreadable]).toEqual(["not-found", "not-found"]);
      expect(await audits()).toEqual([]);
    });

    it("answers the same after the silence was set aside", async () => {
      await write();
      await end(SLOT_MS + 5);
      await storage.suppressionStore.retireEnded(TENANT, END_MS);

      expect(await end(SLOT_MS + 5)).toBe("ended");
      expect(await end(SLOT_MS + 5, "a-3")).toBe("not-found");
    });

    it("lets one of two at once end it", async () => {
      await write();

      const outcomes = await Promise.all([end(SLOT_MS + 5), end(SLOT_MS + 6, "a-3")]);

      expect(outcomes).toEqual(["ended", "ended"]);
      expect(await audits()).toHaveLength(2);
    });
  });

  describe("writeAcknowledgement()", () => {
    it("shows the next poll the acknowledgement as it was written, with its audit entry beside it", async () => {
      await acknowledge();

      expect((await live()).acknowledgements).toEqual([anAcknowledgement()]);
      expect(await storage.keys(TENANT)).toEqual([`audit|${rev(SLOT_MS)}|a-1`, `live|ack|${keyOf(1)}`]);
    });

    it.each(HOSTILE_TEXTS)("gives back $label as they were written", async ({ text }) => {
      await acknowledge({ by: text, reason: text });

      expect((await live()).acknowledgements).toEqual([anAcknowledgement({ by: text, reason: text })]);
    });

    it("takes the place of a former one, also of one that cannot be read", async () => {
      await acknowledge();
      await acknowledge({ episode: "e-2", writtenAtMs: SLOT_MS + 1 }, "a-2");
      const second = (await live()).acknowledgements;
      await storage.corrupt("monitor", TENANT, `live|ack|${keyOf(1)}`);
      await acknowledge({ episode: "e-3" }, "a-3");

      expect(second).toEqual([anAcknowledgement({ episode: "e-2", writtenAtMs: SLOT_MS + 1 })]);
      expect((await live()).acknowledgements).toEqual([anAcknowledgement({ episode: "e-3" })]);
      expect(await audits()).toHaveLength(3);
    });

    it("changes nothing more when it is called again", async () => {
      await acknowledge();
      await acknowledge();

      expect((await live()).acknowledgements).toEqual([anAcknowledgement()]);
      expect(await audits()).toHaveLength(1);
    });

    it("keeps alerts apart", async () => {
      await acknowledge();
      await acknowledge({ alertKey: keyOf(2) }, "a-2");

      expect((await live()).acknowledgements.map(({ alertKey }) => alertKey)).toEqual([keyOf(1), keyOf(2)]);
    });
  });

  describe("removeAcknowledgement()", () => {
    it("takes it back and says so in the audit", async () => {
      await acknowledge();

      const outcome = await remove();

      expect(outcome).toBe("removed");
      expect((await live()).acknowledgements).toEqual([]);
      expect(await audits()).toHaveLength(2);
    });

    it("takes back one that cannot be read", async () => {
      await storage.corrupt("monitor", TENANT, `live|ack|${keyOf(1)}`);

      expect(await remove()).toBe("removed");
      expect((await live()).unreadable).toEqual([]);
    });

    it("finds none, and writes nothing", async () => {
      await acknowledge({ alertKey: `${keyOf(1)}0` });

      expect(await remove()).toBe("not-found");
      expect(await audits()).toHaveLength(1);
    });

    it("answers the same when it is called again, and a new deed finds none", async () => {
      await acknowledge();
      await remove();

      expect(await remove()).toBe("removed");
      expect(await remove("a-3")).toBe("not-found");
      expect(await audits()).toHaveLength(2);
    });
  });

  describe("retireEnded()", () => {
    it("sets silences aside that were over by then, and leaves the others", async () => {
      await write({ id: "s-1", untilMs: END_MS });
      await write({ id: "s-2", untilMs: END_MS + 1 }, "a-2");

      const count = await storage.suppressionStore.retireEnded(TENANT, END_MS);

      expect(count).toBe(1);
      expect((await silenced()).map(({ id }) => id)).toEqual(["s-2"]);
      expect(await storage.keys(TENANT)).toContain(`silence|${rev(END_MS)}|s-1`);
    });

    it("deletes acknowledgements that were over by then, and leaves the others", async () => {
      await acknowledge({ alertKey: keyOf(1), untilMs: END_MS });
      await acknowledge({ alertKey: keyOf(2), untilMs: END_MS + 1 });

      const count = await storage.suppressionStore.retireEnded(TENANT, END_MS);

      expect(count).toBe(1);
      expect((await live()).acknowledgements.map(({ alertKey }) => alertKey)).toEqual([keyOf(2)]);
    });

    it("leaves everything else of the tenant, rows that cannot be read, and other tenants", async () => {
      await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox: [anOutboxRow()] }] });
      await storage.corrupt("monitor", TENANT, "live|silence|s-1");
      await storage.corrupt("monitor", TENANT, `live|ack|${keyOf(1)}`);
      const keys = await storage.keys(TENANT);
      await storage.suppressionStore.writeSilence(OTHER_TENANT, aSilence(), anAudit());

      const count = await storage.suppressionStore.retireEnded(TENANT, END_MS * 2);

      expect(count).toBe(0);
      expect(await storage.keys(TENANT)).toEqual(keys);
      expect(await storage.suppressionStore.listSilences(OTHER_TENANT)).toHaveLength(1);
    });

    it("has nothing left to do the second time", async () => {
      await write();
      await acknowledge({}, "a-2");

      const counts = [
        await storage.suppressionStore.retireEnded(TENANT, END_MS),
        await storage.suppressionStore.retireEnded(TENANT, END_MS),
      ];

      expect(counts).toEqual([2, 0]);
    });
  });
}

import { describe, expect, it } from "vitest";
import { createTelemetryHub } from "../../../../src/adapters/telemetry/telemetry-hub.ts";
import type { TelemetryRecord } from "../../../../src/adapters/telemetry/telemetry-record.ts";

const CALL = { dependency: "graph", operation: "list", target: "t", success: true, durationMs: 5 } as const;

/** A log that keeps the names of what is written to it. */
function aLog() {
  const names: string[] = [];
  const log = (line: string): void => {
    const { name }: { name: string } = JSON.parse(line);
    names.push(name);
  };
  return { names, log };
}

/** An exporter that keeps what it is given. */
function anExporter() {
  const records: TelemetryRecord[] = [];
  const counts = { loads: 0, flushes: 0 };
  const load = async () => {
    counts.loads += 1;
    return {
      sink: (record: TelemetryRecord) => void records.push(record),
      flush: async () => {
        counts.flushes += 1;
      },
    };
  };
  return { records, counts, load };
}

/** Loads an exporter that was never made ready, as with a connection string that cannot be used. */
async function loadBroken() {
  return {
    sink: (): void => {
      throw new TypeError("not initialized");
    },
    flush: () => Promise.reject(new Error("not initialized")),
  };
}

describe("createTelemetryHub()", () => {
  it("writes everything to the log of the invocation that records it", async () => {
    const { telemetry, during } = createTelemetryHub();
    const [one, two] = [aLog(), aLog()];
    const gate = Promise.withResolvers<void>();

    const first = during(one.log, async () => {
      await gate.promise;
      telemetry.event("First", {});
      telemetry.dependency(CALL);
    });
    const second = during(two.log, async () => {
      telemetry.event("Second", {});
      telemetry.metric("age", 1);
      gate.resolve();
    });
    await Promise.all([first, second]);

    expect([one.names, two.names]).toEqual([
      ["First", "list"],
      ["Second", "age"],
    ]);
  });

  it("writes exceptions as errors, and all else as information", async () => {
    const { telemetry, during } = createTelemetryHub();
    const errors: boolean[] = [];

    await during(
      (_line, isError) => void errors.push(isError),
      async () => {
        telemetry.event("Told", {});
        telemetry.exception(new TypeError("x"), {});
      },
    );

    expect(errors).toEqual([false, true]);
  });

  it("returns what the work returns and throws what it throws", async () => {
    const { during } = createTelemetryHub();
    const { log } = aLog();

    expect(await during(log, async () => 7)).toBe(7);
    await expect(during(log, () => Promise.reject(new RangeError("x")))).rejects.toThrow(RangeError);
  });

  it("loads the exporter once, when the first work is done, and gives it what was recorded until then", async () => {
    const { records, counts, load } = anExporter();
    const { telemetry, during, flush } = createTelemetryHub(load);
    const { log } = aLog();

    await during(log, async () => {
      telemetry.event("First", {});
      expect(counts.loads).toBe(0);
    });
    await during(log, async () => telemetry.dependency(CALL));
    await flush();

    expect(counts).toEqual({ loads: 1, flushes: 1 });
    expect(records.map(({ kind }) => kind)).toEqual(["event", "dependency"]);
  });

  it("leaves calls and metrics to the exporter, since the host sends the log to the same place", async () => {
    const { telemetry, during } = createTelemetryHub(anExporter().load);
    const { names, log } = aLog();

    await during(log, async () => {
      telemetry.event("Told", {});
      telemetry.dependency(CALL);
      telemetry.metric("age", 1);
      telemetry.exception(new TypeError("x"), {});
    });

    expect(names).toEqual(["Told", "TypeError"]);
  });

  it("does without an exporter that cannot be loaded, and says so", async () => {
    const { telemetry, during, flush } = createTelemetryHub(() => Promise.reject(new Error("no such module")));
    const { names, log } = aLog();

    await during(log, async () => telemetry.event("First", {}));
    await flush();
    await during(log, async () => telemetry.dependency(CALL));

    expect(names).toEqual(["First", "ExporterNotLoaded", "list"]);
  });

  it("does without an exporter that throws, and says so", async () => {
    const { telemetry, during, flush } = createTelemetryHub(loadBroken);
    const { names, log } = aLog();

    await during(log, async () => telemetry.event("First", {}));
    await flush();
    await during(log, async () => telemetry.dependency(CALL));
    await flush();

    expect(names).toEqual(["First", "ExporterNotLoaded", "list"]);
  });

  it("throws at nobody who records when the exporter does", async () => {
    const { telemetry, during } = createTelemetryHub(loadBroken);
    const { log } = aLog();
    await during(log, async () => undefined);

    expect(await during(log, async () => telemetry.event("Second", {}))).toBeUndefined();
  });

  it("keeps no more than 1,000 records for an exporter that is not there yet", async () => {
    const { records, load } = anExporter();
    const { telemetry, during, flush } = createTelemetryHub(load);

    await during(aLog().log, async () => {
      for (let count = 0; count < 1_500; count += 1) telemetry.metric("age", count);
    });
    await flush();

    expect(records).toHaveLength(1_000);
  });

  it("records outside of any work without a log", () => {
    const { telemetry } = createTelemetryHub();

    expect(() => telemetry.event("Outside", {})).not.toThrow();
  });

  it("has nothing to flush before the first work", async () => {
    const { counts, load } = anExporter();

    await createTelemetryHub(load).flush();

    expect(counts).toEqual({ loads: 0, flushes: 0 });
  });
});

import { describe, expect, it } from "vitest";
import type { TimerFunction } from "../../../../../local/host/index-functions.ts";
import type { LogEntry } from "../../../../../local/host/logs.ts";
import type { RpcInvocationRequest } from "../../../../../local/host/rpc.ts";
import type { TimerStatus } from "../../../../../local/host/timers/timer-decisions.ts";
import { startTimerListener } from "../../../../../local/host/timers/timer-listener.ts";
import { fromStatusJson } from "../../../../../local/host/timers/timer-status.ts";
import { aSchedule } from "./a-schedule.ts";
import { aFakeClock } from "./fake-clock.ts";

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

function aTimer(options: Partial<TimerFunction> = {}): TimerFunction {
  return {
    type: "timer",
    name: "tick",
    triggerName: "timerTrigger1",
    bindings: {},
    outputs: [],
    isDisabled: false,
    schedule: aSchedule("0 */15 * * * *"),
    useMonitor: true,
    runOnStartup: false,
    ...options,
  };
}

/** A world that shows 10:07, in which a listener can be started that records its runs. */
function aWorld(options: { readonly stored?: TimerStatus; readonly writeFails?: boolean } = {}) {
  const clock = aFakeClock(at("10:07:00"));
  const runs: { readonly atMs: number; readonly isPastDue: boolean; readonly status: TimerStatus | undefined }[] = [];
  const logs: LogEntry[] = [];
  const world = {
    clock,
    runs,
    logs,
    stored: options.stored,
    /** Replaced by a test whose function takes its time. */
    work: (): Promise<void> => Promise.resolve(),
    start: (fn: TimerFunction = aTimer()) => startTimerListener(deps, fn),
  };
  const deps = {
    clock,
    log: (entry: LogEntry) => logs.push(entry),
    store: {
      read: () => Promise.resolve(world.stored),
      write(_name: string, status: TimerStatus) {
        world.stored = options.writeFails ? world.stored : status;
        return options.writeFails ? Promise.reject(new Error("storage is away")) : Promise.resolve();
      },
    },
    async run(request: RpcInvocationRequest) {
      const { IsPastDue, ScheduleStatus } = JSON.parse(request.inputData[0]?.data.json ?? "");
      const status = fromStatusJson(JSON.stringify(ScheduleStatus));
      runs.push({ atMs: clock.nowMs(), isPastDue: IsPastDue, status });
      await world.work();
    },
  };
  return world;
}

const QUARTER_PAST = { lastMs: at("10:00:00"), nextMs: at("10:15:00"), lastUpdatedMs: at("10:00:00") };

describe("startTimerListener()", () => {
  it("runs at each time of the schedule and tells the previous run", async () => {
    const world = aWorld();
    await world.start();

    await world.clock.advanceTo(at("10:31:00"));

    expect(world.runs).toEqual([
      { atMs: at("10:15:00"), isPastDue: false, status: { nextMs: at("10:15:00"), lastUpdatedMs: at("10:07:00") } },
      {
        atMs: at("10:30:00"),
        isPastDue: false,
        status: { lastMs: at("10:15:00"), nextMs: at("10:30:00"), lastUpdatedMs: at("10:15:00") },
      },
    ]);
  });

  it("stores the first status at once and each later one after its run", async () => {
    const world = aWorld();

    await world.start();
    const first = world.stored;
    await world.clock.advanceTo(at("10:16:00"));

    expect(first).toEqual({ nextMs: at("10:15:00"), lastUpdatedMs: at("10:07:00") });
    expect(world.stored).toEqual({ lastMs: at("10:15:00"), nextMs: at("10:30:00"), lastUpdatedMs: at("10:15:00") });
  });

  it("makes up for all missed times with one run that is past due", async () => {
    const stored = { lastMs: at("08:00:00"), nextMs: at("08:15:00"), lastUpdatedMs: at("08:00:00") };
    const world = aWorld({ stored });
    await world.start();

    await world.clock.advanceTo(at("10:16:00"));

    expect(world.runs).toEqual([
      { atMs: at("10:07:00"), isPastDue: true, status: stored },
      expect.objectContaining({ atMs: at("10:15:00"), isPastDue: false }),
    ]);
  });

  it("runs at startup when asked to, and is not past due", async () => {
    const world = aWorld({ stored: QUARTER_PAST });
    await world.start(aTimer({ runOnStartup: true }));

    await world.clock.advanceTo(at("10:08:00"));

    expect(world.runs).toEqual([{ atMs: at("10:07:00"), isPastDue: false, status: QUARTER_PAST }]);
  });

  it("does not run while its last run goes on, and makes up for what that run covered with one run", async () => {
    const world = aWorld({ stored: QUARTER_PAST });
    const { promise, resolve } = Promise.withResolvers<void>();
    world.work = () => promise;
    await world.start();

    await world.clock.advanceTo(at("11:20:00"));
    const during = world.runs.length;
    resolve();
    await world.clock.advanceTo(at("11:20:00"));
    await new Promise(setImmediate);
    await world.clock.advanceTo(at("11:29:59"));

    expect(during).toBe(1);
    expect(world.runs.map(({ atMs }) => atMs)).toEqual([at("10:15:00"), at("11:20:00")]);
  });

  it("neither stores nor tells a status without monitor", async () => {
    const world = aWorld();
    await world.start(aTimer({ useMonitor: false }));

    await world.clock.advanceTo(at("10:15:00"));

    expect(world.runs).toEqual([{ atMs: at("10:15:00"), isPastDue: false, status: undefined }]);
    expect(world.stored).toBeUndefined();
  });

  it("logs that a status cannot be written, and goes on", async () => {
    const world = aWorld({ writeFails: true });
    await world.start();

    await world.clock.advanceTo(at("10:30:00"));

    expect(world.runs).toHaveLength(2);
    expect(world.logs[0]?.message).toBe("Cannot write the timer status of tick: storage is away");
  });

  it("waits for the run under way when it is stopped, and does not run again", async () => {
    const world = aWorld({ stored: QUARTER_PAST });
    const { promise, resolve } = Promise.withResolvers<void>();
    world.work = () => promise;
    const listener = await world.start();
    await world.clock.advanceTo(at("10:15:00"));

    const stopping = listener.stop();
    const before = await Promise.race([stopping, new Promise((done) => setImmediate(done, "running"))]);
    resolve();
    await stopping;
    await world.clock.advanceTo(at("12:00:00"));

    expect(before).toBe("running");
    expect(world.runs).toHaveLength(1);
  });
});

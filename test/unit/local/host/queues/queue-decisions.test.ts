import { describe, expect, it } from "vitest";
import { parseHostConfig } from "../../../../../local/host/host-config.ts";
import {
  judgeFailure,
  judgeMessage,
  nextIdleMs,
  poisonQueueOf,
} from "../../../../../local/host/queues/queue-decisions.ts";

const optionsOf = (queues: object) => parseHostConfig({ version: "2.0", extensions: { queues } }).queues;
const OPTIONS = optionsOf({});

describe("judgeMessage()", () => {
  it.each([
    { text: "aGVsbG8=", want: { kind: "run", body: "hello" } },
    { text: "aGVs\nbG8=", want: { kind: "run", body: "hello" } },
    { text: "", want: { kind: "run", body: "" } },
    { text: "aGVsbG8", want: { kind: "poison", reason: "not-base64" } },
    { text: "hello wo", want: { kind: "poison", reason: "not-base64" } },
    { text: '{"a":1}', want: { kind: "poison", reason: "not-base64" } },
    { text: "a-_A", want: { kind: "poison", reason: "not-base64" } },
  ])("answers $want.kind for '$text' under base64", ({ text, want }) => {
    const verdict = judgeMessage({ text, dequeueCount: 1 }, OPTIONS);

    expect(verdict).toEqual(want);
  });

  it("takes any text as it is without an encoding", () => {
    const verdict = judgeMessage({ text: "aGVsbG8=", dequeueCount: 1 }, optionsOf({ messageEncoding: "none" }));

    expect(verdict).toEqual({ kind: "run", body: "aGVsbG8=" });
  });

  it.each([
    { dequeueCount: 5, kind: "run" },
    { dequeueCount: 6, kind: "poison" },
  ])("answers $kind for the reception number $dequeueCount of at most 5", ({ dequeueCount, kind }) => {
    const verdict = judgeMessage({ text: "", dequeueCount }, OPTIONS);

    expect(verdict.kind).toBe(kind);
  });
});

describe("judgeFailure()", () => {
  it.each([
    { dequeueCount: 1, want: "retry" },
    { dequeueCount: 4, want: "retry" },
    { dequeueCount: 5, want: "poison" },
  ])("answers $want after run number $dequeueCount of at most 5", ({ dequeueCount, want }) => {
    const verdict = judgeFailure({ text: "", dequeueCount }, OPTIONS);

    expect(verdict).toBe(want);
  });
});

describe("poisonQueueOf()", () => {
  it("appends -poison, but not to a poison queue", () => {
    const names = ["jobs", "jobs-poison"].map(poisonQueueOf);

    expect(names).toEqual(["jobs-poison", undefined]);
  });
});

describe("nextIdleMs()", () => {
  it.each([
    { maxPollingInterval: "00:01:00", want: [100, 200, 400, 800, 1000, 1000] },
    { maxPollingInterval: "00:00:00.300", want: [100, 200, 300, 300, 300, 300] },
  ])("waits ever longer, up to a second or $maxPollingInterval", ({ maxPollingInterval, want }) => {
    const options = optionsOf({ maxPollingInterval });

    const waits = want.reduce<readonly number[]>((all) => [...all, nextIdleMs(all.at(-1), options)], []);

    expect(waits).toEqual(want);
  });
});

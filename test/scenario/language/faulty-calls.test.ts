import { describe, expect, it } from "vitest";
import { DependencyError } from "../../../src/domain/errors.ts";
import { type Fate, withFates } from "./faulty-calls.ts";

function aPort(fateOf: (isWrite: boolean) => Fate) {
  const written: string[] = [];
  const port = {
    loadRows: async () => written.length,
    listRows: async () => written.length,
    write: async (text: string) => written.push(text),
  };
  return { written, port: withFates(port, fateOf) };
}

describe("withFates()", () => {
  it.each([
    { fate: "done", written: 1, fails: false },
    { fate: "refused", written: 0, fails: true },
    { fate: "lost", written: 1, fails: true },
  ] as const)("leaves $written rows behind a write that is $fate", async ({ fate, ...want }) => {
    const { port, written } = aPort(() => fate);

    const error: unknown = await port.write("a").then(
      () => undefined,
      (reason: unknown) => reason,
    );

    expect(written).toHaveLength(want.written);
    expect(error instanceof DependencyError).toBe(want.fails);
  });

  it("tells reads from writes", async () => {
    const asked: boolean[] = [];
    const { port } = aPort((isWrite) => {
      asked.push(isWrite);
      return "done";
    });

    await port.loadRows();
    await port.listRows();
    await port.write("a");

    expect(asked).toEqual([false, false, true]);
  });
});

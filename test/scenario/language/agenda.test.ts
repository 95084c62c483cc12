import { describe, expect, it } from "vitest";
import { createAgenda } from "./agenda.ts";

describe("createAgenda()", () => {
  it("gives tasks in order of time, and those of one time in the order in which they were added", () => {
    const agenda = createAgenda();
    const added = [3, 1, 2, 1, 3].map((atMs, id) => ({ atMs, id, run: async () => {} }));

    for (const task of added) agenda.add(task);

    const taken = added.map(() => agenda.take());
    expect(taken.map((task) => added.findIndex((known) => known === task))).toEqual([1, 3, 2, 0, 4]);
    expect(agenda.take()).toBeUndefined();
  });

  it("takes a task for a time that has passed as the next one", () => {
    const agenda = createAgenda();
    const [late, later] = [
      { atMs: 1, run: async () => {} },
      { atMs: 9, run: async () => {} },
    ];
    agenda.add({ atMs: 5, run: async () => {} });
    agenda.add(later);
    agenda.take();

    agenda.add(late);

    expect([agenda.take(), agenda.take()]).toEqual([late, later]);
  });
});

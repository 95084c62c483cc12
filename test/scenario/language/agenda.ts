/** Something to be done at a virtual time. */
export interface Task {
  readonly atMs: number;
  readonly run: () => Promise<void>;
}

/** What is still to be done, in order of time. */
export interface Agenda {
  /** Puts a task behind all that are not later. */
  readonly add: (task: Task) => void;
  /** Takes the first task; undefined when none is left. */
  readonly take: () => Task | undefined;
}

/** Makes an empty agenda; of tasks at the same time the one added first comes first. */
export function createAgenda(): Agenda {
  const tasks: Task[] = [];
  return {
    add: (task) => {
      const index = tasks.findIndex(({ atMs }) => atMs > task.atMs);
      tasks.splice(index === -1 ? tasks.length : index, 0, task);
    },
    take: () => tasks.shift(),
  };
}

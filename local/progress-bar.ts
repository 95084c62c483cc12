/** Where a progress bar is drawn; `process.stdout` is one. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar that moves; `update` takes the work done and the whole. */
export interface ProgressBar {
  readonly update: (done: number, total: number) => void;
  /** Leaves the bar standing and begins a new line. */
  readonly end: () => void;
}

const WIDTH = 32;

/** Draws a progress bar that stays on its line; where there is no terminal, one line each ten percent. */
export function createProgressBar(title: string, terminal: Terminal): ProgressBar {
  let last = -1;
  return {
    update: (done, total) => {
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      const step = terminal.isTTY === true ? percent : Math.floor(percent / 10) * 10;
      if (step === last) return;
      last = step;
      if (terminal.isTTY !== true) {
        terminal.write(`${title} ${step} %\n`);
        return;
      }
      const filled = Math.round((WIDTH * percent) / 100);
      terminal.write(`\r${title}  ${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${String(percent).padStart(3)} %`);
    },
    end: () => {
      if (terminal.isTTY === true) terminal.write("\n");
    },
  };
}

import { html } from "htm/preact";
import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { DAY_WORDS, type DayCell } from "../model/day-cells.ts";
import { sayDay } from "../model/say-time.ts";

interface DayPickerProps {
  readonly cells: readonly DayCell[];
  /** The day that is open. */
  readonly day: string | undefined;
  readonly onDay: (day: string) => void;
}

const MOVES: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowDown: 7,
  ArrowUp: -7,
  Home: -Infinity,
  End: Infinity,
};

/** A bar whose days can be pressed; one of them takes the focus, and the arrow keys move it on. */
export function DayPicker({ cells, day, onDay }: DayPickerProps): VNode {
  const bar = useRef<HTMLDivElement>(null);
  const open = cells.findIndex((cell) => cell.day === day);
  const entry = open === -1 ? cells.length - 1 : open;

  function move(event: KeyboardEvent): void {
    const step = MOVES[event.key];
    const buttons = [...(bar.current?.querySelectorAll("button") ?? [])];
    const here = buttons.findIndex((button) => button === document.activeElement);
    if (step === undefined || here === -1) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, here + step))]?.focus();
  }

  return html`<div class="picker" ref=${bar} role="group" aria-label="Days, oldest first" onKeyDown=${move}>
    ${cells.map(
      (cell, index) => html`<button
        key=${cell.day}
        type="button"
        class="picker__day"
        tabindex=${index === entry ? 0 : -1}
        aria-pressed=${cell.day === day}
        aria-label="${sayDay(cell.day)}: ${DAY_WORDS[cell.state]}"
        title="${sayDay(cell.day)}: ${DAY_WORDS[cell.state]}"
        onClick=${() => onDay(cell.day)}
      >
        <span class="picker__bar picker__bar--${cell.state}"></span>
      </button>`,
    )}
  </div>`;
}

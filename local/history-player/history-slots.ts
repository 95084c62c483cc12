const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** One slot of played history with the period it stands for. */
export interface HistorySlot {
  readonly slotMs: number;
  readonly periodMs: number;
}

/** Lists the slots from `fromMs` up to, not including, `toMs`: hourly ones, and quarters of an hour in the last day. */
export function historySlots(fromMs: number, toMs: number): readonly HistorySlot[] {
  const fineFromMs = Math.max(fromMs, ceil(toMs - DAY_MS, HOUR_MS));
  return [...slots(fromMs, fineFromMs, HOUR_MS), ...slots(fineFromMs, toMs, 15 * MINUTE_MS)];
}

function slots(fromMs: number, toMs: number, periodMs: number): readonly HistorySlot[] {
  const firstMs = ceil(fromMs, periodMs);
  const count = Math.max(0, Math.ceil((toMs - firstMs) / periodMs));
  return Array.from({ length: count }, (_, index) => ({ slotMs: firstMs + index * periodMs, periodMs }));
}

function ceil(atMs: number, periodMs: number): number {
  return Math.ceil(atMs / periodMs) * periodMs;
}

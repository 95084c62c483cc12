/** The moments of an NCRONTAB expression: a time of day that is in all three sets, on a day that is in all three sets. */
export interface Cron {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  /** 1 is January. */
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
}

interface FieldRange {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MAX_INT = 2_147_483_647;
const DAY_MS = 86_400_000;
/** The Gregorian calendar repeats after 400 years, so a schedule that did not fire by then never does. */
const CYCLE_DAYS = 146_097;

/** The end of .NET time, which stands for a schedule that never fires again; epoch milliseconds. */
export const NEVER_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const MONTHS = "january february march april may june july august september october november december".split(" ");
const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const MINUTE: FieldRange = { min: 0, max: 59 };
const HOUR: FieldRange = { min: 0, max: 23 };
const DAY: FieldRange = { min: 1, max: 31 };
const MONTH: FieldRange = { min: 1, max: 12, names: MONTHS };
const WEEKDAY: FieldRange = { min: 0, max: 6, names: WEEKDAYS };

/**
 * Reads an NCRONTAB expression of six fields, or of five without seconds; `undefined` when it is none.
 *
 * Ranges the wrong way round are swapped, never wrapped; a step below 1 is 1; `a/n` runs from `a` to the maximum.
 * Source: NCrontab.Signed 3.3.2, as executed in test/fixtures/ncrontab-cases.json.
 * @example "0 0/15 8-18 * * MON-FRI"
 */
export function parseCron(text: string): Cron | undefined {
  const fields = text.split(" ").filter((field) => field !== "");
  const [second, minute, hour, day, month, weekday] = fields.length === 5 ? ["0", ...fields] : fields;
  const cron = {
    seconds: parseField(second, MINUTE),
    minutes: parseField(minute, MINUTE),
    hours: parseField(hour, HOUR),
    days: parseField(day, DAY),
    months: parseField(month, MONTH),
    weekdays: parseField(weekday, WEEKDAY),
  };
  const isComplete = fields.length <= 6 && Object.values(cron).every((values) => values.length > 0);
  return isComplete ? cron : undefined;
}

/** Returns the values of one field in ascending order, none when the field is not valid. */
function parseField(field: string | undefined, range: FieldRange): readonly number[] {
  const items = (field ?? "").split(",").map((item) => parseItem(item, range));
  if (items.some((values) => values.length === 0)) {
    return [];
  }
  return [...new Set(items.flat())].sort((a, b) => a - b);
}

function parseItem(item: string, field: FieldRange): readonly number[] {
  const [range = "", stepText, ...rest] = item.split("/");
  const step = stepText === undefined ? 1 : parseStep(stepText);
  const ends = parseEnds(range, stepText === undefined ? undefined : field.max, field);
  if (step === undefined || ends === undefined || rest.length > 0 || ends.low + step > MAX_INT) {
    return []; // beyond MAX_INT the library's loop counter overflows
  }
  return Array.from({ length: Math.floor((ends.high - ends.low) / step) + 1 }, (_, index) => ends.low + index * step);
}

/** Returns the ends of `*`, `a` or `a-b`; a lone `a` runs to `openEnd` where that is given. */
function parseEnds(
  text: string,
  openEnd: number | undefined,
  field: FieldRange,
): { readonly low: number; readonly high: number } | undefined {
  if (text === "*") {
    return { low: field.min, high: field.max };
  }
  const [first = "", second, ...rest] = text.split("-");
  const from = parseValue(first, field);
  const to = second === undefined ? (openEnd ?? from) : parseValue(second, field);
  const isRange = from !== undefined && to !== undefined && rest.length === 0;
  return isRange ? { low: Math.min(from, to), high: Math.max(from, to) } : undefined;
}

function parseStep(text: string): number | undefined {
  const step = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(step) <= MAX_INT ? Math.max(1, step) : undefined;
}

function parseValue(text: string, { min, max, names = [] }: FieldRange): number | undefined {
  const byName = /^[a-z]+$/i.test(text) ? names.findIndex((name) => name.startsWith(text.toLowerCase())) : -1;
  if (byName >= 0) {
    return byName + min;
  }
  const value = /^\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** Returns the first moment after `fromMs` in UTC, {@link NEVER_MS} when there is none. */
export function nextCronMs(cron: Cron, fromMs: number): number {
  const startMs = (Math.floor(fromMs / 1000) + 1) * 1000;
  const firstDayMs = Math.floor(startMs / DAY_MS) * DAY_MS;
  for (let offset = 0; offset <= CYCLE_DAYS; offset += 1) {
    const dayMs = firstDayMs + offset * DAY_MS;
    const second = hasDay(cron, dayMs) ? firstSecond(cron, Math.max(0, (startMs - dayMs) / 1000)) : undefined;
    if (second !== undefined) {
      return Math.min(NEVER_MS, dayMs + second * 1000);
    }
  }
  return NEVER_MS;
}

function hasDay(cron: Cron, dayMs: number): boolean {
  const day = new Date(dayMs);
  return (
    cron.days.includes(day.getUTCDate()) &&
    cron.months.includes(day.getUTCMonth() + 1) &&
    cron.weekdays.includes(day.getUTCDay())
  );
}

/** Returns the first matching second of a day that is not before `from`. */
function firstSecond(cron: Cron, from: number): number | undefined {
  for (const hour of cron.hours) {
    const minute = cron.minutes.find((value) => (hour * 60 + value) * 60 + lastOf(cron.seconds) >= from);
    if (minute !== undefined) {
      const start = (hour * 60 + minute) * 60;
      return start + (cron.seconds.find((value) => start + value >= from) ?? 0);
    }
  }
  return undefined;
}

function lastOf(values: readonly number[]): number {
  return values.at(-1) ?? 0;
}

const MAX_DAYS = 10_675_199;

/** In the order in which they are tried: days, `[d.]hh:mm[:ss[.f]]`, `d:hh:mm[:ss[.f]]`. */
const FORMS = [
  /^(?<days>\d+)$/,
  /^(?:(?<days>\d+)\.)?(?<hours>\d+):(?<minutes>\d+)(?::(?<seconds>\d+)(?:\.(?<fraction>\d{1,7}))?)?$/,
  /^(?<days>\d+):(?<hours>\d+):(?<minutes>\d+)(?::(?<seconds>\d+)(?:\.(?<fraction>\d{1,7}))?)?$/,
];

/**
 * Reads a .NET time span as milliseconds; `undefined` when it is none.
 *
 * A lone number is days, and three parts that begin above 23 are days, hours and minutes: `24:00:00` is 24 days.
 * Source: .NET `TimeSpan.TryParse`, as executed in test/fixtures/ncrontab-cases.json.
 */
export function parseTimeSpan(text: string): number | undefined {
  const unsigned = text.trim().replace(/^-/, "");
  for (const form of FORMS) {
    const parts = form.exec(unsigned)?.groups;
    const ms = parts === undefined ? undefined : toMs(parts);
    if (ms !== undefined) {
      return text.trim().startsWith("-") ? -ms : ms;
    }
  }
  return undefined;
}

function toMs(parts: Readonly<Record<string, string | undefined>>): number | undefined {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, fraction = 0 } = parts;
  if (Number(days) > MAX_DAYS || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return undefined;
  }
  const wholeMinutes = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  return (wholeMinutes * 60 + Number(seconds) + Number(`0.${fraction}`)) * 1000;
}

import uPlot from "uplot";
import type { Curve } from "../model/chart-data.ts";
import { sayDuration } from "../model/say-time.ts";

const HEIGHT = 240;
const HOUR_MS = 3_600_000;

/** Steps of the time axis of ages, in hours: full parts of a day, then full days. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 72, 120, 240, 480, 720, 1_440, 2_880, 4_320, 8_760];

/** Draws a curve into an element, in the colours of the theme. */
export function drawChart(target: HTMLElement, curve: Curve): uPlot {
  const colour = coloursOf(target);
  const y = {
    incrs: STEPS,
    values: (_chart: uPlot, hours: number[]) => hours.map((value) => sayDuration(value * HOUR_MS)),
  };
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const options: uPlot.Options = {
    width: target.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), "Etc/UTC"),
    cursor: { y: false, points: { size: 7 } },
    legend: { show: false },
    scales: { y: { range: (_chart, _least, most) => rangeOf(curve, most) } },
    axes: [
      {
        ...axis,
        size: 34,
        space: 90,
        values: (_chart, seconds) => sayTicks(seconds),
      },
      { ...axis, ...y, size: 62 },
    ],
    series: [{}, { stroke: colour("--accent"), width: 1.75, fill: colour("--accent-soft"), points: { show: false } }],
    hooks: { draw: [(chart) => drawLimits(chart, { curve, colour })], setCursor: [showValue(target)] },
  };
  return new uPlot(options, [[...curve.times], [...curve.hours]], target);
}

/** Steps below a day are told by the clock. */
function sayTicks(seconds: readonly number[]): string[] {
  const [first = 0, second = Infinity] = seconds;
  const options = second - first < 86_400 ? CLOCK : CALENDAR;
  return seconds.map((at) => new Date(at * 1_000).toLocaleString("en-GB", options));
}

const CALENDAR = { day: "numeric", month: "short", timeZone: "UTC" } as const;
const CLOCK = { ...CALENDAR, hour: "2-digit", minute: "2-digit" } as const;

/** The nearest limit above what was measured stays in view, a far one does not press the curve down. */
function rangeOf({ measure, limits }: Curve, most: number): [number, number] {
  const top = measure === "left" ? most : Math.max(most, ...limits.slice(0, 2).map(({ hours }) => hours));
  return [0, Math.max(1, top * 1.12)];
}

interface Drawing {
  readonly curve: Curve;
  readonly colour: (name: string) => string;
}

function drawLimits(chart: uPlot, { curve, colour }: Drawing): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.lineWidth = 1.25 * ratio;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  for (const { severity, hours } of curve.limits) {
    const y = Math.round(chart.valToPos(hours, "y", true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = colour(`--${severity}`);
    ctx.fillStyle = colour(`--${severity}-ink`);
    ctx.setLineDash([5 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillText(`${severity} ${sayDuration(hours * HOUR_MS)}`, bbox.left + 6 * ratio, y - 4 * ratio);
  }
  ctx.restore();
}

/** Shows value and instant under the pointer as the title of the chart. */
function showValue(target: HTMLElement): (chart: uPlot) => void {
  return (chart) => {
    const { idx } = chart.cursor;
    const [times, hours] = [chart.data[0], chart.data[1]];
    const [seconds, value] = [times[idx ?? -1], hours?.[idx ?? -1]];
    if (typeof seconds !== "number" || typeof value !== "number") target.removeAttribute("data-value");
    else
      target.dataset["value"] =
        `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC · ${sayDuration(value * HOUR_MS)}`;
  };
}

/** A canvas knows no custom properties: each is resolved as the colour of an element. */
function coloursOf(target: HTMLElement): (name: string) => string {
  return (name) => {
    target.style.color = `var(${name})`;
    const { color } = getComputedStyle(target);
    target.style.color = "";
    return color;
  };
}

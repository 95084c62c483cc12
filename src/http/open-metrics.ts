/** The values of one metric family; a `counter` counts up and is written with `_total` behind its name, an `info` with `_info`. */
export interface MetricFamily {
  /** Snake case; ends in `_` and the unit when it has one. */
  readonly name: string;
  readonly type: "gauge" | "counter" | "info";
  readonly unit?: "seconds";
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

/** One value of a family; no two of a family have the same labels. */
export interface MetricSample {
  /** Label values may be any text without line structure of their own; they are escaped. */
  readonly labels: Readonly<Record<string, string>>;
  /** Finite. */
  readonly value: number;
}

/** The media type of what `renderOpenMetrics` writes. */
export const OPEN_METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

const SUFFIXES = { gauge: "", counter: "_total", info: "_info" } as const;

/**
 * Writes metric families as OpenMetrics text; a family without samples is left out.
 *
 * Source: OpenMetrics specification 1.0, prometheus.io/docs/specs/om/open_metrics_spec, read 2026-11-22.
 */
export function renderOpenMetrics(families: readonly MetricFamily[]): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap(linesOf);
  return [...lines, "# EOF", ""].join("\n");
}

function linesOf({ name, type, unit, help, samples }: MetricFamily): readonly string[] {
  const sampleName = name + SUFFIXES[type];
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escapeText(help)}`,
    ...samples.map(({ labels, value }) => `${sampleName}${labelsOf(labels)} ${value}`),
  ];
}

function labelsOf(labels: MetricSample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

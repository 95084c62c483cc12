import { parseWishes, type Wish } from "./parse-wishes.ts";

/** The formats that rows are answered in, the one that is preferred first. */
export const ROW_FORMATS = ["json", "csv", "ndjson"] as const;

/** A format that rows are answered in. */
export type RowFormat = (typeof ROW_FORMATS)[number];

const MEDIA_TYPES: Readonly<Record<RowFormat, readonly string[]>> = {
  json: ["application/json"],
  csv: ["text/csv"],
  ndjson: ["application/x-ndjson", "application/ndjson"],
};

/** How much a wish for a format weighs: its quality and, between equals, how exactly the format is named. */
interface Weight {
  readonly quality: number;
  /** 0 for any type, 1 for any of a kind, 2 for this one. */
  readonly precision: number;
}

/**
 * Chooses the format that an `Accept` header wants most; between equals the one that is named more exactly, then the
 * preferred one. JSON when there is no header, or none of its types is known here: an answer is better than a 406.
 *
 * Source: RFC 9110, section 12.5.1.
 */
export function negotiateFormat(accept: string | null): RowFormat {
  const wishes = parseWishes(accept);
  let best: { readonly format: RowFormat; readonly weight: Weight } | undefined;
  for (const format of ROW_FORMATS) {
    const weight = weigh(wishes, MEDIA_TYPES[format]);
    if (weight.quality > 0 && (best === undefined || isHeavier(weight, best.weight))) best = { format, weight };
  }
  return best?.format ?? "json";
}

/** The most exact wish decides: with `text/csv;q=0, text/*` CSV is not wanted. */
function weigh(wishes: readonly Wish[], mediaTypes: readonly string[]): Weight {
  let weight: Weight = { quality: 0, precision: -1 };
  for (const { name, quality } of wishes) {
    const precision = Math.max(...mediaTypes.map((mediaType) => precisionOf(name, mediaType)));
    if (precision > weight.precision) weight = { quality, precision };
  }
  return weight;
}

function precisionOf(range: string, mediaType: string): number {
  if (range === mediaType) return 2;
  if (range === `${mediaType.split("/")[0]}/*`) return 1;
  return range === "*/*" ? 0 : -1;
}

function isHeavier(a: Weight, b: Weight): boolean {
  return a.quality === b.quality ? a.precision > b.precision : a.quality > b.quality;
}

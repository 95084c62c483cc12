/** What a unit costs, and who says so. */
interface Price {
  readonly name: string;
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
}

const FUNCTIONS = "modal.com/blog/azure-function-pricing-guide (East US), published 2025-05-22, read 2026-11-22";
const BLOBS = "github.com/mitchpaulus/dotfiles, notes/azure.md (hot tier), undated, read 2026-11-22";
const LOGS = "monitoringcost.com/azure-monitor-cost (2026), read 2026-11-22";
const ASSUMED = "assumed (East US, locally redundant, general-purpose v2): no source could be read";

/** Every price that the computation uses; none was read on Microsoft's own price pages, which were out of reach. */
export const PRICES = [
  { name: "consumptionGbSecond", usd: 0.000016, unit: "1 GB-s", source: FUNCTIONS },
  { name: "consumptionExecutions", usd: 0.2, unit: "1,000,000 executions", source: FUNCTIONS },
  { name: "flexGbSecond", usd: 0.000026, unit: "1 GB-s", source: FUNCTIONS },
  { name: "flexExecutions", usd: 0.4, unit: "1,000,000 executions", source: ASSUMED },
  { name: "tableTransactions", usd: 0.00036, unit: "10,000 transactions", source: ASSUMED },
  { name: "tableStorage", usd: 0.045, unit: "1 GB a month", source: ASSUMED },
  { name: "queueOperations", usd: 0.004, unit: "10,000 operations", source: ASSUMED },
  { name: "blobWrites", usd: 0.065, unit: "10,000 operations", source: BLOBS },
  { name: "blobOthers", usd: 0.005, unit: "10,000 operations", source: BLOBS },
  { name: "telemetry", usd: 2.3, unit: "1 GB", source: LOGS },
] as const satisfies readonly Price[];

/** The name of a price. */
export type PriceName = (typeof PRICES)[number]["name"];

/** Returns US dollars for the unit of a price. */
export type UsdOf = (name: PriceName) => number;

/**
 * Returns the prices, some of them replaced by `NAME=USD`.
 *
 * @throws {RangeError} When a price has another name, or is no number.
 */
export function pricesWith(replacements: readonly string[]): UsdOf {
  const usd = new Map<string, number>(PRICES.map((price) => [price.name, price.usd]));
  for (const text of replacements) {
    const [name = "", value = ""] = text.split("=");
    if (!usd.has(name) || !/^\d+(\.\d+)?$/.test(value)) {
      const names = [...usd.keys()].join(", ");
      throw new RangeError(`Cannot use a price: NAME=USD is wanted, NAME one of ${names}, current value is ${text}`);
    }
    usd.set(name, Number(value));
  }
  return (name) => usd.get(name) ?? 0;
}

/**
 * How a plan bills compute.
 *
 * Source of the grants of Consumption and of the prices: as above. Those of Flex are assumed. Source of the shortest billed
 * execution of Flex: learn.microsoft.com/answers/a/12389275, a question that quotes the rule, 2025-11-26; of Consumption: assumed.
 */
export interface Plan {
  readonly name: string;
  readonly gbSecond: PriceName;
  readonly executions: PriceName;
  readonly memoryGb: number;
  readonly shortestMs: number;
  /** Free each month and subscription. */
  readonly free: { readonly gbSeconds: number; readonly executions: number };
}

const FLEX = {
  gbSecond: "flexGbSecond",
  executions: "flexExecutions",
  shortestMs: 1_000,
  free: { gbSeconds: 100_000, executions: 250_000 },
} as const;

/** The plans compared; memory of Consumption is what the app is assumed to use, in steps of 128 MB. */
export const PLANS: readonly Plan[] = [
  {
    name: "Consumption, 384 MB used",
    gbSecond: "consumptionGbSecond",
    executions: "consumptionExecutions",
    memoryGb: 0.375,
    shortestMs: 100,
    free: { gbSeconds: 400_000, executions: 1_000_000 },
  },
  { name: "Flex, 512 MB instances", memoryGb: 0.5, ...FLEX },
  { name: "Flex, 2,048 MB instances", memoryGb: 2, ...FLEX },
];

/** Answer of GET v1/health. */
export interface HealthBody {
  readonly status: "healthy" | "unhealthy";
  /** Why it is unhealthy. */
  readonly reasons: readonly string[];
  /** What operators should know although nothing is wrong. */
  readonly notes?: readonly string[];
  readonly tenants?: { readonly configured: number; readonly late: number; readonly starting: number };
  /** Settings that cannot be used, by name. */
  readonly settings?: readonly { readonly setting: string; readonly expected: string }[];
}

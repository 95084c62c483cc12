import type { ConnectionBody } from "../../src/http/contract/connections.ts";

/** Says why a source, a tenant, the fleet or a channel fails: a stable word, and what is known of it; undefined where nothing is. */
export function sayCause({ reading }: Pick<ConnectionBody, "reading">): string | undefined {
  switch (reading.kind) {
    case "device-management-partner":
    case "compliance-management-partner":
    case "connector":
      return undefined;
    default:
      return [reading.reason, reading.detail].filter((text) => text !== undefined).join(". ") || undefined;
  }
}

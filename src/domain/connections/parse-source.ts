import { parseConnectors } from "./parse-connectors.ts";
import { parsePartners } from "./parse-partners.ts";
import type { RowReading } from "./reading.ts";
import type { ParseContext } from "./row.ts";
import type { SourceId } from "./source.ts";

/**
 * Turns the raw rows of one source into readings, one per connection.
 *
 * It never fails: what cannot be understood is a data problem of its reading, and a row that is no object or has no id is
 * a reading too.
 */
export function parseSource(
  { sourceId, rows }: { readonly sourceId: SourceId; readonly rows: readonly unknown[] },
  context: ParseContext,
): readonly RowReading[] {
  switch (sourceId) {
    case "deviceManagementPartners":
      return parsePartners(rows, "device-management-partner", context);
    case "complianceManagementPartners":
      return parsePartners(rows, "compliance-management-partner", context);
    case "connectorStatus":
      return parseConnectors(rows, context);
  }
}

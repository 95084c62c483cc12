import type { OverviewStore } from "../../ports/monitor-store.ts";
import { fromFullOverviewRow, fromOverviewRow, LINE_COLUMNS, toProjection, toRegistration } from "./overview-row.ts";
import { actionsIn } from "./row-actions.ts";
import type { TableCalls } from "./table-calls.ts";

const PARTITION = "tenants";

/** The RowKeys are tenant ids: lower-case GUIDs, and `fleet`. */
const ALL_TENANTS = { partitionKey: PARTITION, after: "", before: "~" };

/** Keeps the lines of all tenants in one partition of the table `overview`. */
export function createTableOverviewStore(table: TableCalls): OverviewStore {
  const rows = actionsIn(PARTITION);
  return {
    loadLines: async () => {
      const lines = await table.readAll("load-overview", { ...ALL_TENANTS, columns: LINE_COLUMNS });
      return lines.map((row) => fromOverviewRow(row.rowKey, row));
    },
    loadFullLines: async () => {
      const lines = await table.readAll("load-full-overview", ALL_TENANTS);
      return lines.map((row) => fromFullOverviewRow(row.rowKey, row));
    },
    register: async (tenantId, configuredSinceMs) => {
      // A line that is there already is no failure.
      await table.transact("register-tenant", [rows.insert(tenantId, toRegistration(configuredSinceMs))]);
    },
    project: async (overview) => {
      await table.transact("project-overview", [rows.merge(overview.tenantId, toProjection(overview))]);
    },
    remove: async (tenantId) => {
      // A line that is gone already is no failure.
      await table.transact("remove-overview", [rows.removeAny(tenantId)]);
    },
  };
}

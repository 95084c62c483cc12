import { styleText } from "node:util";
import type { LogEntry } from "./host/logs.ts";

/** Names of tenants by id. */
export type TenantNames = ReadonlyMap<string, string>;

/** A line of the app's own log: one record of its telemetry. */
interface AppRecord {
  readonly record: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const SEVERITY_STYLES = {
  critical: ["bold", "white", "bgRed"],
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  info: ["cyan"],
} as const;

/**
 * Writes one log line for a person at a terminal, or nothing where it is no news: alerts as they happen, polls that told
 * something, and all that went wrong.
 */
export function formatEntry(entry: LogEntry, time: string, tenants: TenantNames): string | undefined {
  const record = parseRecord(entry.message);
  if (record?.name === "Notification") return `${time}  ${formatAlert(record.fields)}`;
  if (record?.record === "event") return formatEvent(record, time, tenants);
  const isTrouble = ["warning", "error", "critical"].includes(entry.level) || record?.record === "exception";
  return isTrouble ? `${time}  ${styleText("red", entry.functionName ?? entry.category)}  ${entry.message}` : undefined;
}

function formatAlert(fields: AppRecord["fields"]): string {
  const { severity, kind, title, summary } = texts(fields);
  const style =
    severity !== undefined && severity in SEVERITY_STYLES
      ? SEVERITY_STYLES[severity as keyof typeof SEVERITY_STYLES]
      : [];
  const label =
    kind === "resolved"
      ? styleText(["bold", "green"], " RESOLVED ")
      : styleText([...style], ` ${(severity ?? "").toUpperCase()} `);
  return [
    `${label} ${styleText("bold", title ?? "")}`,
    ...(summary === undefined ? [] : [`          ${summary}`]),
  ].join("\n");
}

function formatEvent({ name, fields }: AppRecord, time: string, tenants: TenantNames): string | undefined {
  const tenantId = String(fields["tenantId"]);
  if (name === "TenantPolled" && fields["kind"] === "polled") {
    return styleText("dim", `${time}  polled ${tenants.get(tenantId) ?? tenantId}`);
  }
  return undefined;
}

function texts(fields: AppRecord["fields"]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

function parseRecord(message: string): AppRecord | undefined {
  if (!message.startsWith('{"record":')) return undefined;
  try {
    return JSON.parse(message) as AppRecord;
  } catch {
    return undefined;
  }
}

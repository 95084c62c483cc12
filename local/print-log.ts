import { styleText } from "node:util";
import { z } from "zod";
import type { LogEntry } from "./host/logs.ts";

/** Names of tenants by id. */
export type TenantNames = ReadonlyMap<string, string>;

/** A line of the app's own log: one record of its telemetry. */
const recordSchema = z.object({ record: z.string(), name: z.string(), fields: z.record(z.string(), z.unknown()) });

type AppRecord = z.output<typeof recordSchema>;

const alertSchema = z.object({
  kind: z.string(),
  severity: z.enum(["info", "warning", "error", "critical"]),
  title: z.string(),
  summary: z.string(),
});

const polledSchema = z.object({ kind: z.literal("polled"), tenantId: z.string() });

const deadSchema = z.object({ channel: z.string(), id: z.string(), reason: z.string() });

/** Failed calls to Graph are no news: most are repeated, and a source that stays unreadable is an alert. */
const failedSendSchema = z.object({
  dependency: z.literal("channel"),
  success: z.literal(false),
  target: z.string(),
  reason: z.string(),
});

const SEVERITY_STYLES = {
  critical: ["bold", "white", "bgRed"],
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  info: ["bold", "cyan"],
} as const;

/**
 * Writes one log line for a person at a terminal, or nothing where it is no news: alerts as they happen, polls, and all
 * that went wrong.
 */
export function formatEntry(entry: LogEntry, time: string, tenants: TenantNames): string | undefined {
  const record = parseRecord(entry.message);
  const news = record === undefined ? undefined : formatNews(record, tenants);
  if (news !== undefined) return `${time}  ${news}`;
  const isTrouble = ["warning", "error", "critical"].includes(entry.level) || record?.record === "exception";
  return isTrouble ? `${time}  ${red(entry.functionName ?? entry.category)}  ${entry.message}` : undefined;
}

function formatNews({ name, fields }: AppRecord, tenants: TenantNames): string | undefined {
  switch (name) {
    case "Notification": {
      const alert = alertSchema.safeParse(fields).data;
      return alert && formatAlert(alert);
    }
    case "NotificationDead": {
      const dead = deadSchema.safeParse(fields).data;
      return dead && `${red("Given up")}: ${dead.channel} was not told (${dead.reason}), notification ${dead.id}`;
    }
    case "TenantPolled": {
      const polled = polledSchema.safeParse(fields).data;
      return polled && styleText("dim", `polled ${tenants.get(polled.tenantId) ?? polled.tenantId}`);
    }
    default: {
      const failed = failedSendSchema.safeParse(fields).data;
      return failed && `${red("Not sent yet")}: ${failed.target} could not be told (${failed.reason})`;
    }
  }
}

function red(text: string): string {
  return styleText("red", text);
}

function formatAlert({ kind, severity, title, summary }: z.output<typeof alertSchema>): string {
  const styles = kind === "resolved" ? (["bold", "green"] as const) : SEVERITY_STYLES[severity];
  return `${styleText([...styles], title)}\n          ${summary}`;
}

function parseRecord(message: string): AppRecord | undefined {
  if (!message.startsWith('{"record":')) return undefined;
  try {
    return recordSchema.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}

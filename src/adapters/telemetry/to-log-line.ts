import { cutText } from "../../domain/text.ts";
import type { TelemetryFields } from "../../ports/telemetry.ts";
import { describeError } from "./describe-error.ts";
import type { TelemetryRecord } from "./telemetry-record.ts";

const MAX_TEXT_CHARS = 1_000;

/** Application Insights cuts a message at 32,768 characters, which would leave half an object. */
const MAX_LINE_LENGTH = 30_000;

/**
 * Writes a record as one line of JSON: `{"record":…,"name":…,"fields":{…}}`.
 *
 * A text is cut at 1,000 characters; a line above 30,000 loses its fields.
 * Source: learn.microsoft.com/azure/azure-monitor/app/data-model-trace-telemetry, read 2026-11-22.
 */
export function toLogLine(record: TelemetryRecord): string {
  const head = { record: record.kind, ...contentOf(record) };
  const line = JSON.stringify(head, shorten);
  return line.length <= MAX_LINE_LENGTH ? line : JSON.stringify({ ...head, fields: { cut: true } }, shorten);
}

function contentOf(record: TelemetryRecord): { readonly name: string; readonly fields: TelemetryFields } {
  switch (record.kind) {
    case "event":
      return { name: record.name, fields: record.fields };
    case "metric":
      return { name: record.name, fields: { ...record.fields, value: record.value } };
    case "dependency":
      return { name: record.call.operation, fields: { ...record.call } };
    case "exception": {
      const { name, message, stack, fields } = describeError(record.error);
      return { name, fields: { ...record.fields, ...fields, message, stack } };
    }
  }
}

function shorten(_key: string, value: unknown): unknown {
  return typeof value === "string" ? cutText(value, MAX_TEXT_CHARS) : value;
}

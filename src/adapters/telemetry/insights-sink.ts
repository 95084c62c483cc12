import type { DependencyCall, TelemetryFields } from "../../ports/telemetry.ts";
import { describeError } from "./describe-error.ts";
import type { TelemetrySink } from "./telemetry-record.ts";

type Properties = Record<string, string | number | boolean>;

/** The part of the Application Insights client that is used. */
export interface InsightsClient {
  readonly trackEvent: (event: { name: string; properties: Properties }) => void;
  readonly trackDependency: (call: {
    name: string;
    dependencyTypeName: string;
    target: string;
    duration: number;
    success: boolean;
    properties: Properties;
  }) => void;
  readonly trackException: (exception: { exception: Error; properties: Properties }) => void;
  readonly trackMetric: (metric: { name: string; value: number; properties: Properties }) => void;
}

/** Makes a sink that sends each record to Application Insights as what it is. */
export function createInsightsSink(client: InsightsClient): TelemetrySink {
  return (record) => {
    switch (record.kind) {
      case "event":
        return client.trackEvent({ name: record.name, properties: toProperties(record.fields) });
      case "dependency":
        return client.trackDependency(toDependency(record.call));
      case "exception":
        return client.trackException(toException(record.error, record.fields));
      case "metric":
        return client.trackMetric({
          name: record.name,
          value: record.value,
          properties: toProperties(record.fields),
        });
    }
  };
}

/** The client writes status codes of HTTP calls only, and those only with an address: hence `status` as a property. */
function toDependency(call: DependencyCall): Parameters<InsightsClient["trackDependency"]>[0] {
  const { dependency, operation, target, success, durationMs, status, reason } = call;
  const properties = toProperties({ status, reason });
  return { name: operation, dependencyTypeName: dependency, target, duration: durationMs, success, properties };
}

/** The client gets a copy: it would send the causes of the original, whose texts come from outside. */
function toException(error: Error, fields: TelemetryFields): Parameters<InsightsClient["trackException"]>[0] {
  const { name, message, stack, fields: known } = describeError(error);
  const exception = Object.assign(new Error(message), { name, stack: `${name}: ${message}\n${stack}` });
  return { exception, properties: toProperties({ ...fields, ...known }) };
}

function toProperties(fields: TelemetryFields): Properties {
  const properties: Properties = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) properties[name] = value;
  }
  return properties;
}

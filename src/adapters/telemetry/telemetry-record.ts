import type { DependencyCall, Telemetry, TelemetryFields } from "../../ports/telemetry.ts";

/** One record as data, so that it can be kept until there is somewhere to send it. */
export type TelemetryRecord =
  | { readonly kind: "event"; readonly name: string; readonly fields: TelemetryFields }
  | { readonly kind: "dependency"; readonly call: DependencyCall }
  | { readonly kind: "exception"; readonly error: Error; readonly fields: TelemetryFields }
  | { readonly kind: "metric"; readonly name: string; readonly value: number; readonly fields: TelemetryFields };

/** Takes records one by one; never throws and never waits. */
export type TelemetrySink = (record: TelemetryRecord) => void;

/** Makes the telemetry port on top of a sink. */
export function toTelemetry(sink: TelemetrySink): Telemetry {
  return {
    event: (name, fields) => sink({ kind: "event", name, fields }),
    dependency: (call) => sink({ kind: "dependency", call }),
    exception: (error, fields) => sink({ kind: "exception", error, fields }),
    metric: (name, value, fields = {}) => sink({ kind: "metric", name, value, fields }),
  };
}

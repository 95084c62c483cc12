import type { DependencyCall, Telemetry, TelemetryFields } from "../../src/ports/telemetry.ts";

/** Telemetry in memory with its other end. */
export interface FakeTelemetry extends Telemetry {
  readonly events: readonly { readonly name: string; readonly fields: TelemetryFields }[];
  readonly dependencies: readonly DependencyCall[];
  readonly exceptions: readonly { readonly error: Error; readonly fields: TelemetryFields }[];
}

/** Keeps what is recorded. */
export function createFakeTelemetry(): FakeTelemetry {
  const events: { readonly name: string; readonly fields: TelemetryFields }[] = [];
  const dependencies: DependencyCall[] = [];
  const exceptions: { readonly error: Error; readonly fields: TelemetryFields }[] = [];
  return {
    events,
    dependencies,
    exceptions,
    event: (name, fields) => void events.push({ name, fields }),
    dependency: (call) => void dependencies.push(call),
    exception: (error, fields) => void exceptions.push({ error, fields }),
    metric: () => undefined,
  };
}

import insights from "applicationinsights";
import { createInsightsSink } from "./insights-sink.ts";
import type { Exporter } from "./telemetry-hub.ts";

/** The tracer of the client's own calls. */
const OWN_TRACER = "ApplicationInsightsTracer";

/**
 * Starts Application Insights for explicit calls alone: nothing is collected by itself, nothing is sampled away.
 *
 * Collected HTTP calls would hold secret addresses. Its own usage reports are switched off by environment variables,
 * which must be set before this module is loaded.
 */
export function startInsights(connectionString: string): Exporter {
  insights
    .setup(connectionString)
    .setAutoCollectRequests(false)
    .setAutoCollectDependencies(false)
    .setAutoCollectPerformance(false, false)
    .setAutoCollectExceptions(false)
    .setAutoCollectPreAggregatedMetrics(false)
    .setUseDiskRetryCaching(false)
    .setSendLiveMetrics(false);
  const { defaultClient } = insights;
  defaultClient.config.noDiagnosticChannel = true;
  defaultClient.config.azureMonitorOpenTelemetryOptions = {
    samplingRatio: 1,
    tracesPerSecond: 0,
    spanProcessors: [
      {
        onStart() {},
        // The client traces each call of the storage clients, whatever its options say: a span without flag is not sent.
        onEnd(span) {
          if (span.instrumentationScope.name !== OWN_TRACER) span.spanContext().traceFlags = 0;
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  };
  insights.start();
  return { sink: createInsightsSink(defaultClient), flush: () => defaultClient.flush() };
}

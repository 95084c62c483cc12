import insights from "applicationinsights";
import { createInsightsSink } from "./insights-sink.ts";
import type { Exporter } from "./telemetry-hub.ts";

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
  defaultClient.config.azureMonitorOpenTelemetryOptions = { samplingRatio: 1, tracesPerSecond: 0 };
  insights.start();
  return { sink: createInsightsSink(defaultClient), flush: () => defaultClient.flush() };
}

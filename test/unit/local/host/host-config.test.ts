import { describe, expect, it } from "vitest";
import { parseHostConfig } from "../../../../local/host/host-config.ts";

describe("parseHostConfig()", () => {
  it("has the defaults of the real host", () => {
    const config = parseHostConfig({ version: "2.0" });

    expect(config).toEqual({
      routePrefix: "api",
      queues: {
        batchSize: 16,
        newBatchThreshold: 8,
        maxPollingIntervalMs: 60_000,
        maxDequeueCount: 5,
        visibilityTimeoutMs: 0,
        messageEncoding: "base64",
      },
      functionTimeoutMs: 1_800_000,
      logLimits: {},
      hasExtensionBundle: false,
    });
  });

  it("takes what host.json says", () => {
    const config = parseHostConfig({
      version: "2.0",
      functionTimeout: "-1",
      extensions: {
        http: { routePrefix: "/v2/" },
        queues: { batchSize: 1, visibilityTimeout: "00:00:30", messageEncoding: "None" },
      },
      logging: { logLevel: { Default: "Warning", "Function.poll": "Debug" } },
      extensionBundle: {},
    });

    expect(config).toMatchObject({
      routePrefix: "v2",
      queues: { batchSize: 1, newBatchThreshold: 0, visibilityTimeoutMs: 30_000, messageEncoding: "none" },
      logLimits: { default: "warning", "Function.poll": "debug" },
      hasExtensionBundle: true,
    });
    expect(config).not.toHaveProperty("functionTimeoutMs");
  });

  it.each([
    { json: null, want: /^version must be "2.0", current value is undefined$/ },
    { json: { version: 2 }, want: /^version must be "2.0", current value is 2$/ },
    { json: { version: "2.0", functionTimeout: "00:00:00.5" }, want: /^functionTimeout must be a time/ },
    { json: { version: "2.0", functionTimeout: "5 minutes" }, want: /^functionTimeout must be a time/ },
    { json: { version: "2.0", functionTimeout: 300 }, want: /^functionTimeout must be text/ },
    { json: { version: "2.0", extensions: { queues: { batchSize: 33 } } }, want: /^batchSize must be a whole number/ },
    { json: { version: "2.0", extensions: { queues: { maxDequeueCount: 0 } } }, want: /^maxDequeueCount must be/ },
    { json: { version: "2.0", extensions: { queues: { messageEncoding: "hex" } } }, want: /^messageEncoding must be/ },
    { json: { version: "2.0", logging: { logLevel: { default: "loud" } } }, want: /^logging.logLevel of default must/ },
  ])("refuses $json", ({ json, want }) => {
    expect(() => parseHostConfig(json)).toThrow(want);
  });
});

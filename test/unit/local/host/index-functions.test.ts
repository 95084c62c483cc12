import { describe, expect, it } from "vitest";
import { parseHostConfig } from "../../../../local/host/host-config.ts";
import { indexFunctions } from "../../../../local/host/index-functions.ts";
import type { FunctionMetadata, RpcBinding } from "../../../../local/host/rpc.ts";

const CONTEXT = {
  config: parseHostConfig({ version: "2.0", extensionBundle: {} }),
  settings: { AzureWebJobsStorage: "storage", AzureWebJobsOther: "other", QUEUE: "Jobs-1", EVERY: "00:05:00" },
};

function aFunction(name: string, trigger: Partial<RpcBinding> & { readonly type: string }): FunctionMetadata {
  return { name, bindings: { trigger1: { direction: "in", ...trigger } } };
}

describe("indexFunctions()", () => {
  it("sorts by name in any case", () => {
    const names = indexFunctions(
      ["b", "C", "a"].map((name) => aFunction(name, { type: "httpTrigger", methods: ["GET"] })),
      CONTEXT,
    ).map(({ name }) => name);

    expect(names).toEqual(["a", "b", "C"]);
  });

  it("gives an HTTP function its name as route and level anonymous by default", () => {
    const [fn] = indexFunctions([aFunction("hello", { type: "httpTrigger", methods: ["get"] })], CONTEXT);

    expect(fn).toMatchObject({ type: "http", route: "api/hello", authLevel: "anonymous", methods: ["GET"] });
  });

  it.each([
    { option: { connection: "AzureWebJobsStorage" }, want: "storage" },
    { option: { connection: "Other" }, want: "other" },
    { option: {}, want: "storage" },
  ])("finds the connection $option in the settings", ({ option, want }) => {
    const [fn] = indexFunctions([aFunction("q", { type: "queueTrigger", queueName: "%QUEUE%", ...option })], CONTEXT);

    expect(fn).toMatchObject({ type: "queue", queueName: "jobs-1", connectionString: want });
  });

  it.each([
    { option: {}, useMonitor: true },
    { option: { useMonitor: false }, useMonitor: false },
    { option: { schedule: "00:00:30" }, useMonitor: false },
  ])("gives a timer with $option a monitor: $useMonitor", ({ option, useMonitor }) => {
    const [fn] = indexFunctions([aFunction("t", { type: "timerTrigger", schedule: "%EVERY%", ...option })], CONTEXT);

    expect(fn).toMatchObject({ type: "timer", useMonitor, runOnStartup: false });
  });

  it.each([
    { value: "1", want: true },
    { value: "true", want: true },
    { value: "True", want: true },
    { value: "0", want: false },
    { value: "false", want: false },
  ])("takes the setting Disabled $value as $want", ({ value, want }) => {
    const settings = { ...CONTEXT.settings, "AzureWebJobs.hello.Disabled": value };
    const [fn] = indexFunctions([aFunction("hello", { type: "httpTrigger" })], { ...CONTEXT, settings });

    expect(fn?.isDisabled).toBe(want);
  });

  it.each([
    { fn: aFunction("host", { type: "httpTrigger" }), want: /host: its name must be/ },
    { fn: aFunction("a".repeat(129), { type: "httpTrigger" }), want: /its name must be/ },
    {
      fn: { name: "f", bindings: { "a-b": { type: "httpTrigger", direction: "in" } } },
      want: /the binding name "a-b"/,
    },
    { fn: { name: "f", bindings: {} }, want: /f: this host knows functions with one trigger/ },
    { fn: aFunction("f", { type: "httpTrigger", authLevel: "system" }), want: /authLevel must be/ },
    { fn: aFunction("f", { type: "httpTrigger", route: "/Runtime/x" }), want: /must not begin with admin or runtime/ },
    { fn: aFunction("f", { type: "httpTrigger", route: "a/{b" }), want: /Cannot read the route segment/ },
    { fn: aFunction("f", { type: "queueTrigger", queueName: "a_b" }), want: /its queue name must be/ },
    {
      fn: aFunction("f", { type: "queueTrigger", queueName: "abc", connection: "X" }),
      want: /its connection X must be/,
    },
    { fn: aFunction("f", { type: "timerTrigger" }), want: /its schedule must be/ },
  ] satisfies { fn: FunctionMetadata; want: RegExp }[])("refuses a function because $want", ({ fn, want }) => {
    expect(() => indexFunctions([fn], CONTEXT)).toThrow(want);
  });
});

import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { RpcInvocationRequest } from "../../../local/host/rpc.ts";
import { type Sample, type SampleHost, startSample } from "./sample-host.ts";

const HTTP = (name: string, handler: string) =>
  `app.http("${name}", { authLevel: "anonymous", methods: ["GET"], handler: ${handler} });`;
const OK = HTTP("ok", "() => ({ body: 'ok' })");

function aRequest(name: string, inputData: RpcInvocationRequest["inputData"] = []): RpcInvocationRequest {
  const traceContext = { traceParent: "", traceState: "", attributes: {} };
  return { invocationId: "invocation-1", functionId: name, inputData, triggerMetadata: {}, traceContext };
}

describe("startLocalHost() running the worker", () => {
  const running: SampleHost[] = [];

  async function start(sample: Sample): Promise<SampleHost> {
    const host = await startSample(sample);
    running.push(host);
    return host;
  }

  afterEach(async () => {
    await Promise.all(running.splice(0).map((host) => host.stop()));
  });

  it.each([
    { why: "no function is registered", sample: { code: "" }, want: /must register at least one function/ },
    { why: "main matches no file", sample: {}, want: /main of its package.json must match built files/ },
    { why: "an entry file throws", sample: { code: "throw new Error('broken')" }, want: /entry\/main.js: broken/ },
    { why: "the app ends itself", sample: { code: "process.exit(3)" }, want: /ended \(exit code 3\)/ },
    {
      why: "a trigger is unknown",
      sample: { code: `app.storageBlob("b", { path: "a/b", connection: "C", handler: () => {} });` },
      want: /b: this host has no binding of type blobTrigger/,
    },
    {
      why: "an output is unknown",
      sample: {
        code: `app.http("h", { authLevel: "anonymous", handler: () => {},
          extraOutputs: [output.table({ tableName: "t", connection: "C" })] });`,
      },
      want: /h: this host has no output binding of type table/,
    },
    {
      why: "there is a further input",
      sample: {
        code: `app.http("h", { authLevel: "anonymous", handler: () => {},
          extraInputs: [input.table({ tableName: "t", connection: "C" })] });`,
      },
      want: /h: this host knows functions with one trigger/,
    },
    {
      why: "a schedule is invalid",
      sample: { code: `app.timer("t", { schedule: "0 0 * * * ?", handler: () => {} });` },
      want: /t: its schedule must be NCRONTAB or a time span above zero, current value is "0 0 \* \* \* \?"/,
    },
    {
      why: "a schedule would fire all the time",
      sample: { code: `app.timer("t", { schedule: "00:00:00", handler: () => {} });` },
      want: /t: its schedule must be NCRONTAB/,
    },
    {
      why: "a binding names a setting that is not set",
      sample: { code: `app.timer("t", { schedule: "%POLL_SCHEDULE%", handler: () => {} });` },
      want: /t: the app setting POLL_SCHEDULE must be set/,
    },
    {
      why: "there is a retry policy",
      sample: {
        code: `app.timer("t", { schedule: "0 0 * * * *", handler: () => {},
          retry: { strategy: "fixedDelay", maxRetryCount: 1, delayInterval: 1000 } });`,
      },
      want: /t: this host has no retry policies/,
    },
    { why: "a function name is refused", sample: { code: HTTP("1st", "() => ({})") }, want: /1st: its name must be/ },
    { why: "a route is reserved", sample: { code: HTTP("admins", "() => ({})") }, want: /must not begin with admin/ },
    {
      why: "two functions share a name",
      sample: { code: OK + OK },
      want: /A function with id "ok" has already been registered/,
    },
    {
      why: "the app wants HTTP streaming",
      sample: { code: `app.setup({ enableHttpStream: true }); ${OK}` },
      want: /this host has no HTTP streaming/,
    },
    {
      why: "host.json has no version",
      sample: { code: OK, hostJson: { version: "1.0" } },
      want: /version must be "2.0"/,
    },
    {
      why: "queues are used without an extension bundle",
      sample: {
        code: `app.storageQueue("q", { queueName: "jobs", connection: "AzureWebJobsStorage", handler: () => {} });`,
        hostJson: { extensionBundle: undefined },
      },
      want: /q: host.json must have an extensionBundle section/,
    },
    {
      why: "several functions are wrong",
      sample: {
        code: `app.timer("t", { schedule: "no", handler: () => {} }); ${HTTP("1st", "() => ({})")}`,
      },
      want: /1st: .*; t: /,
    },
  ])("refuses to start when $why", async ({ sample, want }) => {
    await expect(startSample(sample)).rejects.toThrow(want);
  });

  it("gives one clear line when the port is in use", async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => {
      blocker.listen(0, "127.0.0.1", resolve);
    });
    const address = blocker.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;

    const starting = startSample({ code: OK, options: { port } });

    await expect(starting).rejects.toThrow(new Error(`Cannot listen on 127.0.0.1:${port}: the port is in use`));
    blocker.close();
  });

  it.each([
    { kind: "a CommonJS file", packageJson: {}, code: OK },
    {
      kind: "an ES module",
      packageJson: { type: "module", main: "entry/*.mjs" },
      files: { "entry/main.mjs": `import { app } from "@azure/functions"; ${OK}` },
    },
  ])("loads an app that is $kind", async ({ packageJson, code, files }) => {
    const host = await start({ packageJson, ...(code === undefined ? {} : { code }), ...(files && { files }) });

    const response = await fetch(`${host.url}/api/ok`);

    expect(await response.text()).toBe("ok");
  });

  it("gives the app its settings and little else, and not its folder as the working directory", async () => {
    const code = HTTP("env", "() => ({ jsonBody: { env: process.env, cwd: process.cwd() } })");
    const options = {
      settings: { POLL_SCHEDULE: "0 * * * * *", TZ: "Asia/Tokyo" },
    };
    const host = await start({ code, options });

    const text = await (await fetch(`${host.url}/api/env`)).text();
    const { env, cwd }: { env: Record<string, string>; cwd: string } = JSON.parse(text);

    expect(env).toMatchObject({
      POLL_SCHEDULE: "0 * * * * *",
      TZ: "UTC",
      AZURE_FUNCTIONS_ENVIRONMENT: "Development",
      FUNCTIONS_WORKER_RUNTIME: "node",
      AzureWebJobsScriptRoot: host.appRoot,
      AzureWebJobsStorage: "UseDevelopmentStorage=true",
      WEBSITE_HOSTNAME: new URL(host.url).host,
    });
    expect(Object.keys(env).filter((name) => /vitest|npm_/i.test(name))).toEqual([]);
    expect(cwd).not.toBe(host.appRoot);
  });

  it("delivers what functions log, with their name, down to the level of host.json", async () => {
    const handler =
      "(_, context) => { context.debug('too low'); context.warn('seen', { a: 1 }); console.log('raw'); return {}; }";
    const hostJson = { logging: { logLevel: { default: "Information", "Function.loud.User": "Warning" } } };
    const host = await start({ code: HTTP("loud", handler), hostJson });

    await fetch(`${host.url}/api/loud`);
    const raw = await host.line(/^raw$/);

    const user = host.logs.filter(({ category }) => category === "Function.loud.User");
    expect(user).toEqual([
      expect.objectContaining({ level: "warning", message: "seen { a: 1 }", functionName: "loud" }),
    ]);
    expect(raw).toMatchObject({ level: "information", category: "Host.Function.Console" });
  });

  it("runs hooks around an invocation, with data of its own", async () => {
    const code = `
      app.hook.appStart(({ hookData }) => console.log("start hook"));
      app.hook.preInvocation((hook) => { hook.hookData.seen = "pre"; hook.inputs = [{ ...hook.inputs[0], added: true }]; });
      app.hook.postInvocation((hook) => { hook.result = { jsonBody: { ...hook.result.jsonBody, post: hook.hookData.seen } }; });
      app.hook.log((hook) => { hook.message = hook.message.replace("secret", "***"); });
      ${HTTP("hooked", "(r, context) => { context.log('a secret'); return { jsonBody: { added: r.added } }; }")}
    `;
    const host = await start({ code });

    const body = await (await fetch(`${host.url}/api/hooked`)).json();
    await host.line(/start hook/);

    expect(body).toEqual({ added: true, post: "pre" });
    expect(host.logs.map(({ message }) => message)).toContain("a ***");
  });

  it("forgets a hook that was disposed", async () => {
    const code = `app.hook.preInvocation(() => { throw new Error("hook"); }).dispose(); ${OK}`;
    const host = await start({ code });

    const { status } = await fetch(`${host.url}/api/ok`);

    expect(status).toBe(200);
  });

  it.each([
    { hook: "preInvocation", want: 500 },
    { hook: "postInvocation", want: 500 },
    { hook: "log", want: 200 },
  ])("answers $want when a $hook hook throws", async ({ hook, want }) => {
    const code = `app.hook.${hook}(() => { throw new Error("hook"); }); ${HTTP("h", "(_, c) => { c.log('x'); return {}; }")}`;
    const host = await start({ code });

    const { status } = await fetch(`${host.url}/api/h`);

    expect(status).toBe(want);
  });

  it("runs a function with a raw call", async () => {
    const code = `app.timer("tick", { schedule: "0 0 1 1 *", handler: (timer) => timer.isPastDue });`;
    const host = await start({ code });
    const [tick] = host.functions;
    const json = JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus: null, IsPastDue: true });

    const response = await host.invoke("tick", aRequest("tick", [{ name: tick?.triggerName ?? "", data: { json } }]));

    expect(response).toEqual({
      invocationId: "invocation-1",
      outputData: [],
      returnValue: { json: "true" },
      result: { status: "success" },
    });
  });

  it("answers a raw call of an unknown function with a failure", async () => {
    const host = await start({ code: OK });

    const response = await host.invoke("missing", aRequest("missing"));

    expect(response.result).toMatchObject({
      status: "failure",
      exception: { message: "Function code for 'missing' is not loaded and cannot be invoked." },
    });
  });

  it("leaves Ctrl-C to the host", async () => {
    const code = HTTP(
      "interrupted",
      "() => { process.kill(process.pid, 'SIGINT'); return { body: String(process.pid) }; }",
    );
    const host = await start({ code });

    const first = await (await fetch(`${host.url}/api/interrupted`)).text();
    const second = await (await fetch(`${host.url}/api/interrupted`)).text();

    expect(first).toMatch(/^\d+$/);
    expect(second).toBe(first);
  });

  it("fails the calls under way when the process ends, and starts it again", async () => {
    const code = HTTP("dies", "() => process.exit(7)") + HTTP("waits", "() => new Promise(() => {})") + OK;
    const host = await start({ code });

    const waiting = host.invoke("waits", aRequest("waits"));
    await host.line(/Executing Functions.waits/);
    const died = await fetch(`${host.url}/api/dies`);
    const next = await fetch(`${host.url}/api/ok`);

    expect(died.status).toBe(500);
    expect((await waiting).result).toMatchObject({
      exception: { message: "The worker process ended (exit code 7)" },
    });
    expect(await next.text()).toBe("ok");
  });

  it("gives up on a process that ends again and again", async () => {
    const host = await start({ code: HTTP("dies", "() => process.exit(7)") });

    for (let count = 0; count < 6; count += 1) {
      await fetch(`${host.url}/api/dies`);
    }
    const entry = await host.line(/Cannot run the app any longer/);
    const { status } = await fetch(`${host.url}/api/dies`);

    expect(entry.level).toBe("critical");
    expect(status).toBe(503);
  });

  it("ends the process of a function that exceeds the time-out, and starts it again", async () => {
    const code = HTTP("hangs", "() => new Promise(() => {})") + OK;
    const host = await start({ code, hostJson: { functionTimeout: "00:00:01" } });

    const hung = await fetch(`${host.url}/api/hangs`);
    const next = await fetch(`${host.url}/api/ok`);
    const entry = await host.line(/^Timeout value of 1000 ms was exceeded by function hangs/);

    expect([hung.status, next.status]).toEqual([500, 200]);
    expect(entry.functionName).toBe("hangs");
  });

  it("lets runs end and hooks run when it is stopped", async () => {
    const code = `
      app.hook.appTerminate(() => console.log("goodbye"));
      ${HTTP("slow", "async () => { await new Promise((r) => setTimeout(r, 200)); return { body: 'done' }; }")}
    `;
    const host = await start({ code });

    const slow = fetch(`${host.url}/api/slow`).then((response) => response.text());
    await host.line(/Executing Functions.slow/);
    await host.stop();

    expect(await slow).toBe("done");
    expect(host.logs.map(({ message }) => message)).toContain("goodbye");
    await expect(fetch(`${host.url}/api/slow`)).rejects.toThrow(TypeError);
  });

  it("does not wait for ever for a run or a hook when it is stopped", async () => {
    const code = `app.hook.appTerminate(() => new Promise(() => {})); ${HTTP("hangs", "() => new Promise(() => {})")}`;
    const host = await start({ code, options: { graceMs: 50 } });

    const hung = host.invoke("hangs", aRequest("hangs"));
    await host.line(/Executing Functions.hangs/);
    await host.stop();

    expect((await hung).result.status).toBe("failure");
  });
});

import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Azurite, startAzurite } from "../../../local/storage/start-azurite.ts";
import { MASTER_KEY, type Sample, type SampleHost, startSample } from "./sample-host.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const queueFunction = (handler: string): string =>
  `app.storageQueue("work", { queueName: "%QUEUE%", connection: "AzureWebJobsStorage", handler: ${handler} });`;
const REPORT = queueFunction("(message, context) => context.log('got ' + JSON.stringify(message))");

async function textsOf(client: QueueClient): Promise<readonly string[]> {
  const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map((message) => message.messageText);
}

async function lengthOf(client: QueueClient): Promise<number | undefined> {
  return (await client.getProperties()).approximateMessagesCount;
}

describe("startLocalHost() reading queues", () => {
  let azurite: Azurite;
  let queue: QueueClient;
  let poison: QueueClient;
  let count = 0;
  const running: SampleHost[] = [];

  beforeAll(async () => {
    azurite = await startAzurite();
  });

  afterAll(() => azurite.stop());

  beforeEach(async () => {
    count += 1;
    const service = QueueServiceClient.fromConnectionString(azurite.connectionString);
    queue = service.getQueueClient(`jobs-${count}`);
    poison = service.getQueueClient(`jobs-${count}-poison`);
    await queue.create();
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((host) => host.stop()));
  });

  async function start({ options, ...sample }: Sample): Promise<SampleHost> {
    const settings = { QUEUE: queue.name };
    const storageConnectionString = azurite.connectionString;
    const host = await startSample({ ...sample, options: { settings, storageConnectionString, ...options } });
    running.push(host);
    return host;
  }

  it.each([
    { messageEncoding: undefined, sent: base64('{"a":"ü"}'), got: 'got {"a":"ü"}' },
    { messageEncoding: "base64", sent: base64("plain text"), got: 'got "plain text"' },
    { messageEncoding: "none", sent: '{"a":"ü"}', got: 'got {"a":"ü"}' },
  ])("runs the function with $sent sent under encoding $messageEncoding, and deletes it", async (row) => {
    const { messageEncoding, sent, got } = row;
    const host = await start({ code: REPORT, hostJson: { extensions: { queues: { messageEncoding } } } });

    await queue.sendMessage(sent);
    await host.line(/Executed Functions.work \(succeeded/);
    await host.stop();

    expect(host.logs.map(({ message }) => message)).toContain(got);
    expect(await lengthOf(queue)).toBe(0);
  });

  it("tells the metadata of a message, hidden by members of the same name", async () => {
    const host = await start({
      code: queueFunction("(_, context) => context.log('metadata ' + JSON.stringify(context.triggerMetadata))"),
    });
    const sent = await queue.sendMessage(base64('{"slotMs":5,"popReceipt":"mine"}'));

    const { message } = await host.line(/^metadata /);

    expect(JSON.parse(message.slice("metadata ".length))).toEqual({
      queueTrigger: { slotMs: 5, popReceipt: "mine" },
      dequeueCount: 1,
      id: sent.messageId,
      popReceipt: "mine",
      slotMs: 5,
      insertionTime: sent.insertedOn.toISOString(),
      expirationTime: sent.expiresOn.toISOString(),
      nextVisibleTime: expect.stringMatching(/^\d{4}-/),
    });
  });

  it("tries a failing message again until it is poison, with its text unchanged", async () => {
    const host = await start({
      code: queueFunction("(_, context) => { throw new Error('try ' + context.triggerMetadata.dequeueCount); }"),
      hostJson: { extensions: { queues: { maxDequeueCount: 3 } } },
    });
    const sent = base64("doomed");

    await queue.sendMessage(sent);
    await host.line(/was moved to jobs-\d+-poison/);
    await host.stop();

    const tries = host.logs.flatMap(({ message }) => /: try (\d)$/.exec(message)?.[1] ?? []);
    expect(tries).toEqual(["1", "2", "3"]);
    expect(await textsOf(poison)).toEqual([sent]);
    expect(await lengthOf(queue)).toBe(0);
  });

  it("waits before it tries a message again when host.json says so", async () => {
    const host = await start({
      code: queueFunction("() => { throw new Error('no'); }"),
      hostJson: { extensions: { queues: { visibilityTimeout: "00:10:00" } } },
    });

    await queue.sendMessage(base64("later"));
    await host.line(/Executed Functions.work \(failed/);
    await host.stop();

    expect(host.logs.filter(({ message }) => message.startsWith("Executing"))).toHaveLength(1);
    expect([await lengthOf(queue), await textsOf(queue)]).toEqual([1, []]);
  });

  it("moves text that is not base64 to the poison queue without running the function", async () => {
    const host = await start({ code: REPORT });

    await queue.sendMessage('{"raw":true}');
    await host.line(/was moved to/);
    await host.stop();

    expect(host.logs.some(({ message }) => message.startsWith("Executing"))).toBe(false);
    expect(await textsOf(poison)).toEqual(['{"raw":true}']);
  });

  it("finds a queue that appears later, without a word about its absence", async () => {
    await queue.delete();
    const host = await start({ code: REPORT });

    await queue.create();
    await queue.sendMessage(base64("hello"));
    await host.line(/^got "hello"$/);

    expect(host.logs.filter(({ level }) => level === "warning" || level === "error")).toEqual([]);
  });

  it("hides a message for as long as its function runs", async () => {
    const host = await start({
      code: queueFunction("() => new Promise((resolve) => setTimeout(resolve, 2500))"),
      options: { hiddenMs: 1000 },
    });

    await queue.sendMessage(base64("slow"));
    await host.line(/Executed Functions.work/);
    await host.stop();

    expect(host.logs.filter(({ message }) => message.startsWith("Executing"))).toHaveLength(1);
    expect(await lengthOf(queue)).toBe(0);
  });

  it("has no more than batchSize and newBatchThreshold messages at work", async () => {
    for (const text of ["quick", "2", "3", "4", "5", "6", "7", "8"]) {
      await queue.sendMessage(base64(text));
    }

    const host = await start({
      code: `
        let atWork = 0;
        const held = Promise.withResolvers();
        ${queueFunction(`async (message, context) => {
          if (message === "quick") return;
          atWork += 1;
          context.log("at work " + atWork);
          if (atWork === 3) setTimeout(held.resolve, 300); // time for a fourth, were it let in
          await held.promise;
          context.log("released");
          atWork -= 1;
        }`)}`,
      hostJson: { extensions: { queues: { batchSize: 2, newBatchThreshold: 1 } } },
    });
    await host.line(/^released$/);
    await host.stop();

    const most = Math.max(...host.logs.map(({ message }) => Number(/at work (\d)/.exec(message)?.[1] ?? 0)));
    expect(most).toBe(3);
  });

  it("tries a message again whose process ended", async () => {
    const host = await start({
      code: queueFunction(`(_, context) => {
        if (context.triggerMetadata.dequeueCount === 1) process.exit(1);
        context.log('survived');
      }`),
    });

    await queue.sendMessage(base64("hard"));
    const entry = await host.line(/^survived$/);

    expect(entry.functionName).toBe("work");
  });

  it("sends what a function returns for its queue output, one message for each element of a list", async () => {
    const host = await start({
      code: `
        const out = output.storageQueue({ queueName: "%QUEUE%", connection: "AzureWebJobsStorage" });
        app.http("list", { authLevel: "anonymous", extraOutputs: [out], handler: (_, context) => {
          context.extraOutputs.set(out, ["a", { b: 1 }]);
          return {};
        } });
        app.timer("tick", { schedule: "0 0 1 1 *", return: out, handler: () => "returned" });
      `,
      options: { timers: false },
    });
    await queue.delete();

    await fetch(`${host.url}/api/list`);
    const headers = { "x-functions-key": MASTER_KEY };
    await fetch(`${host.url}/admin/functions/tick`, { method: "POST", headers, body: "{}" });
    await host.line(/Executed Functions.tick \(succeeded/);

    expect(await textsOf(queue)).toEqual([base64("a"), base64('{"b":1}'), base64("returned")]);
  });

  it("runs a queue function by hand with a made-up message", async () => {
    const host = await start({ code: REPORT, options: { queues: false } });

    const response = await fetch(`${host.url}/admin/functions/work`, {
      method: "POST",
      headers: { "x-functions-key": MASTER_KEY },
      body: JSON.stringify({ input: '{"made":"up"}' }),
    });
    await host.line(/^got \{"made":"up"\}$/);

    expect(response.status).toBe(202);
  });

  it("leaves queues alone when they are off or the function is disabled", async () => {
    const off = await start({ code: REPORT, options: { queues: false } });
    const disabled = await start({
      code: REPORT,
      options: { settings: { QUEUE: queue.name, "AzureWebJobs.work.Disabled": "true" } },
    });
    await queue.sendMessage(base64("left alone"));

    await off.stop();
    await disabled.stop();

    expect(await textsOf(queue)).toEqual([base64("left alone")]);
  });
});

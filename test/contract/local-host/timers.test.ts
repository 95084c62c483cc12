import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTimerStatusStore } from "../../../local/host/timers/timer-status.ts";
import { type Azurite, startAzurite } from "../../../local/storage/start-azurite.ts";
import { MASTER_KEY, type SampleHost, startSample } from "./sample-host.ts";

const timerFunction = (options: string): string =>
  `app.timer("tick", { ${options}, handler: (timer, context) => context.log('timer ' + JSON.stringify(timer)) });`;

async function timerOf(host: SampleHost): Promise<Record<string, unknown>> {
  const { message } = await host.line(/^timer /);
  return JSON.parse(message.slice("timer ".length));
}

describe("startLocalHost() firing timers", () => {
  let azurite: Azurite;
  let container: ContainerClient;
  const running: SampleHost[] = [];

  beforeAll(async () => {
    azurite = await startAzurite();
    container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(
      "azure-webjobs-hosts",
    );
  });

  afterAll(() => azurite.stop());

  afterEach(async () => {
    await Promise.all(running.splice(0).map((host) => host.stop()));
  });

  async function start(code: string, settings: Readonly<Record<string, string>> = {}): Promise<SampleHost> {
    const host = await startSample({ code, options: { settings, storageConnectionString: azurite.connectionString } });
    running.push(host);
    return host;
  }

  it("fires a schedule of every second, which has no monitor", async () => {
    const host = await start(timerFunction(`schedule: "* * * * * *"`));

    const timer = await timerOf(host);

    expect(timer).toEqual({ schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false });
  });

  it("keeps the status of a timer where the real host does, and tells it to the function", async () => {
    const host = await start(timerFunction(`schedule: "%SCHEDULE%", runOnStartup: true`), { SCHEDULE: "0 0 0 1 1 *" });

    const timer = await timerOf(host);
    await host.stop();

    const names: string[] = [];
    for await (const blob of container.listBlobsFlat({ prefix: "timers/" })) {
      names.push(blob.name);
    }
    expect(names).toEqual([expect.stringMatching(/^timers\/[a-z0-9-]{1,32}\/Host\.Functions\.tick\/status$/)]);
    const text = (await container.getBlobClient(names[0] ?? "").downloadToBuffer()).toString();
    const nextYear = `${new Date().getUTCFullYear() + 1}-01-01T00:00:00.000+00:00`;
    expect(JSON.parse(text)).toEqual({
      Last: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/),
      Next: nextYear,
      LastUpdated: expect.stringMatching(/\+00:00$/),
    });
    expect(timer).toMatchObject({ isPastDue: false, scheduleStatus: { last: "0001-01-01T00:00:00", next: nextYear } });
  });

  it("fires by hand with the stored status, never past due", async () => {
    const host = await start(timerFunction(`schedule: "0 0 0 1 1 *"`));

    const response = await fetch(`${host.url}/admin/functions/tick`, {
      method: "POST",
      headers: { "x-functions-key": MASTER_KEY, "content-type": "application/json" },
      body: '{"input":""}',
    });
    const timer = await timerOf(host);

    expect([response.status, await response.text()]).toEqual([202, ""]);
    expect(timer).toMatchObject({ isPastDue: false, scheduleStatus: { last: "0001-01-01T00:00:00" } });
  });

  it.each([
    { body: "", want: 400 },
    { body: "null", want: 400 },
    { body: "{}", want: 202 },
  ])("answers $want to a call by hand with the body '$body'", async ({ body, want }) => {
    const host = await start(timerFunction(`schedule: "0 0 0 1 1 *"`));

    const { status } = await fetch(`${host.url}/admin/functions/tick`, {
      method: "POST",
      headers: { "x-functions-key": MASTER_KEY },
      body,
    });

    expect(status).toBe(want);
  });
});

describe("createTimerStatusStore()", () => {
  let azurite: Azurite;

  beforeAll(async () => {
    azurite = await startAzurite();
  });

  afterAll(() => azurite.stop());

  it("reads back what it wrote, and nothing where nothing was written", async () => {
    const store = createTimerStatusStore(azurite.connectionString, "host");
    const status = { lastMs: 1_000, nextMs: 61_000, lastUpdatedMs: 1_000 };

    await store.write("one", { nextMs: 0, lastUpdatedMs: 0 });
    await store.write("one", status);

    expect(await store.read("one")).toEqual(status);
    expect(await store.read("other")).toBeUndefined();
  });
});

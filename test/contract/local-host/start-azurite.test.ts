import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TableClient } from "@azure/data-tables";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Azurite, startAzurite } from "../../../local/storage/start-azurite.ts";

function tableOf({ connectionString }: Azurite): TableClient {
  return TableClient.fromConnectionString(connectionString, "rows", { allowInsecureConnection: true });
}

function queueOf({ connectionString }: Azurite): QueueClient {
  return QueueServiceClient.fromConnectionString(connectionString).getQueueClient("jobs");
}

function containerOf({ connectionString }: Azurite): ContainerClient {
  return BlobServiceClient.fromConnectionString(connectionString).getContainerClient("files");
}

describe("startAzurite()", () => {
  let dataFolder: string;
  const running: Azurite[] = [];

  async function start(options: { readonly dataFolder?: string }): Promise<Azurite> {
    const azurite = await startAzurite(options);
    running.push(azurite);
    return azurite;
  }

  async function stop(azurite: Azurite): Promise<void> {
    running.splice(running.indexOf(azurite), 1);
    await azurite.stop();
  }

  beforeEach(() => {
    dataFolder = mkdtempSync(path.join(tmpdir(), "azurite-"));
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((azurite) => azurite.stop()));
    rmSync(dataFolder, { recursive: true });
  });

  it("keeps rows, messages and blobs over a stop and a start in the same folder", async () => {
    const first = await start({ dataFolder });
    await tableOf(first).createTable();
    await queueOf(first).create();
    await containerOf(first).create();

    await tableOf(first).createEntity({ partitionKey: "p", rowKey: "r", text: "kept" });
    await queueOf(first).sendMessage("kept");
    await containerOf(first).getBlockBlobClient("b").upload("kept", 4);
    await stop(first);
    const second = await start({ dataFolder });

    const row = await tableOf(second).getEntity("p", "r");
    const { receivedMessageItems } = await queueOf(second).receiveMessages();
    const blob = await containerOf(second).getBlockBlobClient("b").downloadToBuffer();
    expect(row["text"]).toBe("kept");
    expect(receivedMessageItems.map((message) => message.messageText)).toEqual(["kept"]);
    expect(blob.toString()).toBe("kept");
  });

  it("has the last of many changes on disk once stop() resolves", async () => {
    const first = await start({ dataFolder });
    await tableOf(first).createTable();
    await tableOf(first).createEntity({ partitionKey: "p", rowKey: "r", count: 0 });

    for (let count = 1; count <= 20; count += 1) {
      await tableOf(first).updateEntity({ partitionKey: "p", rowKey: "r", count }, "Replace");
    }
    await stop(first);
    const second = await start({ dataFolder });

    const row = await tableOf(second).getEntity("p", "r");
    expect(row["count"]).toBe(20);
  });

  it("answers nobody once it is stopped", async () => {
    const azurite = await start({});
    const endpoint = /QueueEndpoint=([^;]+)/.exec(azurite.connectionString)?.[1] ?? "";
    const before = await fetch(endpoint);

    await stop(azurite);

    expect(before.status).toBeGreaterThan(0);
    await expect(fetch(endpoint)).rejects.toThrow(TypeError);
  });

  it("shares nothing between two emulators in memory", async () => {
    const first = await start({});
    const second = await start({});
    await queueOf(first).create();

    const exists = await queueOf(second).exists();

    expect(exists).toBe(false);
  });

  it("refuses a folder that another emulator uses, and takes it once that one stopped", async () => {
    const first = await start({ dataFolder });

    await expect(startAzurite({ dataFolder })).rejects.toThrow(/^Cannot open the local storage in .*: another process/);

    await stop(first);
    await expect(start({ dataFolder })).resolves.toBeDefined();
  });

  it.each([
    { damage: "cut off", content: '{"filename":"x","collections":[{"na' },
    { damage: "empty", content: "" },
    { damage: "not an object", content: "null" },
  ])("gives one clear line for a database file that is $damage", async ({ content }) => {
    await stop(await start({ dataFolder }));
    const databases = readdirSync(dataFolder).filter((name) => name.endsWith(".json"));

    for (const name of databases) {
      writeFileSync(path.join(dataFolder, name), content);
      await expect(startAzurite({ dataFolder })).rejects.toThrow(/^Cannot open the local [^\n]* damaged[^\n]*$/);
      rmSync(path.join(dataFolder, name));
    }

    expect(databases).toHaveLength(5);
  });
});

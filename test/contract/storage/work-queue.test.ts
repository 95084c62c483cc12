import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { type QueueClient, QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWorkQueue } from "../../../src/adapters/queues/create-work-queue.ts";
import { DependencyError } from "../../../src/domain/errors.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { type ProxiedAzurite, startProxiedAzurite } from "../../fakes/proxied-azurite.ts";
import { SLOT_MS, TENANT } from "./storage-builders.ts";
import { describeWorkQueue, type QueuesUnderTest } from "./work-queue.contract.ts";

let azurite: ProxiedAzurite;

beforeAll(async () => {
  azurite = await startProxiedAzurite();
});

afterAll(() => azurite.stop());

beforeEach(() => {
  azurite.reset();
});

const POLL = { tenantId: TENANT, slotMs: SLOT_MS };

/** The messages that the service was asked to keep, in order, as they went over the wire. */
function messagesTo(queueName: string) {
  return azurite
    .requests()
    .filter(({ method, path }) => method === "POST" && path.includes(`/${queueName}/messages`))
    .map(({ path, body }) => {
      const { searchParams } = new URL(path, "http://127.0.0.1");
      const text = /<MessageText>(.*)<\/MessageText>/.exec(body)?.[1] ?? "";
      return {
        request: JSON.parse(Buffer.from(text, "base64").toString()) as unknown,
        delayS: Number(searchParams.get("visibilitytimeout")),
        ttlS: Number(searchParams.get("messagettl")),
      };
    });
}

interface RealQueues extends QueuesUnderTest {
  readonly pollQueue: QueueClient;
}

function openMissingQueues(): RealQueues {
  const queuePrefix = `t${randomUUID()}-`;
  return {
    queue: createWorkQueue({ connection: azurite, queuePrefix, retryDelayMs: 1, timeoutMs: 2_000 }),
    sent: (kind) => messagesTo(`${queuePrefix}${kind}-requests`).map(({ request, delayS }) => ({ request, delayS })),
    pollQueue: QueueServiceClient.fromConnectionString(azurite.direct.connectionString).getQueueClient(
      `${queuePrefix}poll-requests`,
    ),
  };
}

/** Queues of their own that are there already, with nothing on the wire yet. */
async function openQueues(): Promise<RealQueues> {
  const queues = openMissingQueues();
  await queues.queue.requestPoll(POLL, 0);
  await queues.queue.requestDelivery(POLL, 0);
  await queues.pollQueue.clearMessages();
  azurite.reset();
  return queues;
}

describe("createFakeWorkQueue()", () => {
  describeWorkQueue(async () => {
    const queue = createFakeWorkQueue();
    return {
      queue,
      sent: (kind) =>
        (kind === "poll" ? queue.takePolls() : queue.takeDeliveries()).map(({ request, delayMs }) => ({
          request,
          delayS: delayMs / 1_000,
        })),
    };
  });
});

describe("createWorkQueue()", () => {
  describeWorkQueue(openQueues);

  it("sends JSON in base64, which the functions host decodes", async () => {
    const { queue, pollQueue } = await openQueues();

    await queue.requestPoll(POLL, 0);

    const { receivedMessageItems } = await pollQueue.receiveMessages({ numberOfMessages: 32 });
    const texts = receivedMessageItems.map(({ messageText }) => Buffer.from(messageText, "base64").toString());
    expect(texts).toEqual([JSON.stringify(POLL)]);
  });

  it("hides a message while its delay lasts", async () => {
    const { queue, pollQueue } = await openQueues();

    await queue.requestPoll(POLL, 3_600_000);

    const { receivedMessageItems } = await pollQueue.receiveMessages();
    const { approximateMessagesCount } = await pollQueue.getProperties();
    expect({ receivedMessageItems, approximateMessagesCount }).toEqual({
      receivedMessageItems: [],
      approximateMessagesCount: 1,
    });
  });

  it.each([
    { delayMs: 0, delayS: 0 },
    { delayMs: 1, delayS: 1 },
    { delayMs: 1_000, delayS: 1 },
    { delayMs: 1_000.5, delayS: 2 },
    { delayMs: -5, delayS: 0 },
    { delayMs: 604_800_000, delayS: 604_800 },
    { delayMs: 604_800_001, delayS: 604_800 },
  ])("makes $delayS s of $delayMs ms, and lets the message live a week longer", async ({ delayMs, delayS }) => {
    const queues = await openQueues();

    await queues.queue.requestPoll(POLL, delayMs);

    expect(messagesTo(queues.pollQueue.name)).toEqual([{ request: POLL, delayS, ttlS: delayS + 604_800 }]);
  });

  it("makes a missing queue once", async () => {
    const queues = openMissingQueues();

    await queues.queue.requestPoll(POLL, 0);
    await queues.queue.requestPoll(POLL, 0);

    expect(azurite.requests().map(({ method }) => method)).toEqual(["POST", "PUT", "POST", "POST"]);
    const { approximateMessagesCount } = await queues.pollQueue.getProperties();
    expect(approximateMessagesCount).toBe(2);
  });

  it("makes a missing queue although several sends miss it at once", async () => {
    const queues = openMissingQueues();

    await Promise.all([1, 2, 3].map(() => queues.queue.requestPoll(POLL, 0)));

    const { approximateMessagesCount } = await queues.pollQueue.getProperties();
    expect(approximateMessagesCount).toBe(3);
  });

  it.each(["throttle", "refuse"] as const)("tries again after a fault of kind %s", async (kind) => {
    const queues = await openQueues();
    azurite.inject({ kind, times: 3 });

    await queues.queue.requestPoll(POLL, 0);

    expect(queues.sent("poll")).toHaveLength(4);
  });

  it.each([
    { kind: "throttle", times: 4, want: { status: 503 } },
    { kind: "refuse", times: 4, want: {} },
  ] as const)("fails as retryable when faults of kind $kind last", async ({ kind, times, want }) => {
    const queues = await openQueues();
    azurite.inject({ kind, times });

    const error: unknown = await queues.queue.requestDelivery(POLL, 0).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(DependencyError);
    const { cause: _, ...failure } = (error as DependencyError).failure;
    expect(failure).toEqual({ dependency: "queues", operation: "request-delivery", retryable: true, ...want });
  });

  it("fails as retryable when no answer comes", async () => {
    const impatient = createWorkQueue({ connection: azurite, timeoutMs: 50 });
    azurite.inject({ kind: "hang" });

    const failed = impatient.requestPoll(POLL, 0);

    await expect(failed).rejects.toMatchObject({ failure: { operation: "request-poll", retryable: true } });
  });

  it("fails for good when the key is wrong, and tells nothing of it", async () => {
    const connectionString = azurite.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${btoa("wrong")}`);
    const stranger = createWorkQueue({ connection: { connectionString }, retryDelayMs: 1 });

    const failed = stranger.requestPoll(POLL, 0);

    await expect(failed).rejects.toMatchObject({
      message: "Cannot send to a queue",
      failure: { retryable: false, status: 403 },
    });
  });

  it("signs in with an identity by a token for storage", async () => {
    const scopes: unknown[] = [];
    const credential = {
      getToken: async (asked: string | string[]) => {
        scopes.push(asked);
        throw new Error("no token today");
      },
    };
    const signedIn = createWorkQueue({
      connection: { serviceUrl: "https://storage.invalid", credential },
      retryDelayMs: 1,
    });

    const failed = signedIn.requestPoll(POLL, 0);

    await expect(failed).rejects.toMatchObject({ failure: { dependency: "queues", retryable: true } });
    expect(scopes.flat()).toEqual(["https://storage.azure.com/.default"]);
  });
});

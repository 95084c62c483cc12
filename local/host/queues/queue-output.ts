import { QueueServiceClient, RestError } from "@azure/storage-queue";
import type { QueueOptions } from "../host-config.ts";
import type { QueueOutput } from "../index-functions.ts";
import type { RpcInvocationResponse, RpcTypedData } from "../rpc.ts";

/** Sends what a function returned for its queue outputs; a list becomes one message an element, a missing queue is made. */
export async function sendQueueOutputs(
  outputs: readonly QueueOutput[],
  response: RpcInvocationResponse,
  options: QueueOptions,
): Promise<void> {
  for (const { bindingName, queueName, connectionString } of outputs) {
    const data =
      bindingName === "$return"
        ? response.returnValue
        : response.outputData?.find(({ name }) => name === bindingName)?.data;
    const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient(queueName);
    for (const body of toMessages(data ?? {})) {
      const text = options.messageEncoding === "base64" ? Buffer.from(body).toString("base64") : body;
      await queue.sendMessage(text).catch(async (error: unknown) => {
        if (!(error instanceof RestError && error.statusCode === 404)) {
          throw error;
        }
        await queue.createIfNotExists();
        return queue.sendMessage(text);
      });
    }
  }
}

/** Returns the bodies of the messages that an output value stands for. */
export function toMessages({ string, json, bytes, int, double }: RpcTypedData): readonly string[] {
  if (bytes !== undefined) {
    return [Buffer.from(bytes).toString()];
  }
  const text = string ?? json;
  if (text === undefined) {
    return [int ?? double].flatMap((number) => (number === undefined ? [] : [String(number)]));
  }
  const list = /^\s*\[[^]*\]\s*$/.test(text) ? parseList(text) : undefined;
  return list?.map((element) => (typeof element === "string" ? element : JSON.stringify(element))) ?? [text];
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // text in brackets is one message
  }
}

import type { RpcTypedData } from "../rpc.ts";

/** What storage tells about a received message. */
export interface MessageProperties {
  readonly messageId: string;
  readonly popReceipt: string;
  readonly dequeueCount: number;
  readonly insertedOn: Date;
  readonly expiresOn: Date;
  readonly nextVisibleOn: Date;
}

/**
 * Returns the trigger metadata of a queue message, where the message's own members hide the host's.
 *
 * A message that a person made up has no properties.
 * Members of a JSON object that are neither lists nor null overwrite entries of the same name in any case; `true` becomes
 * the text "True". The real host also rewrites ISO times, which this one leaves alone.
 * Source: azure-functions-host, Script/Utility.cs, ApplyBindingData.
 */
export function toTriggerMetadata(
  body: string,
  properties?: MessageProperties,
): Readonly<Record<string, RpcTypedData>> {
  const metadata = new Map<string, readonly [name: string, data: RpcTypedData]>();
  const put = (name: string, data: RpcTypedData): void => {
    const key = name.toLowerCase();
    metadata.set(key, [metadata.get(key)?.[0] ?? name, data]);
  };
  put("QueueTrigger", { string: body });
  if (properties !== undefined) {
    put("DequeueCount", { json: String(properties.dequeueCount) });
    put("ExpirationTime", { json: JSON.stringify(properties.expiresOn) });
    put("Id", { string: properties.messageId });
    put("InsertionTime", { json: JSON.stringify(properties.insertedOn) });
    put("NextVisibleTime", { json: JSON.stringify(properties.nextVisibleOn) });
    put("PopReceipt", { string: properties.popReceipt });
  }
  for (const [name, value] of Object.entries(parseObject(body))) {
    if (value !== null && !Array.isArray(value)) {
      put(name, typeof value === "object" ? { json: JSON.stringify(value) } : { string: toNetText(value) });
    }
  }
  return Object.fromEntries(metadata.values());
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  if (!/^\s*\{[^]*\}\s*$/.test(text)) {
    return {};
  }
  try {
    return JSON.parse(text);
  } catch {
    return {}; // as in the real host: a message need not be JSON
  }
}

function toNetText(value: unknown): string {
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  return String(value);
}

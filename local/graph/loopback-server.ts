import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Lets a server listen on 127.0.0.1 and returns its address without a final slash; port 0 takes a free one.
 *
 * @throws {Error} When the port cannot be had.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<string> {
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch (cause) {
    throw new Error(`Cannot listen on 127.0.0.1: a free port is wanted, current value is ${port}`, { cause });
  }
  const address = server.address();
  return `http://127.0.0.1:${isAddressInfo(address) ? address.port : port}`;
}

/** Closes a server with all its connections, also those whose answer never ends. */
export async function stopServer(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

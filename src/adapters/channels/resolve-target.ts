import type { HttpTarget } from "./channel-settings.ts";
import { classifyAddress, isLoopback } from "./classify-address.ts";

/** One address of a host. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks up all addresses of a host; an address literal gives itself. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** A target that may be posted to, with the addresses that were checked and to which the connection is pinned. */
export interface CheckedTarget {
  readonly url: URL;
  readonly addresses: readonly ResolvedAddress[];
}

/**
 * Checks where a URL leads before anything is sent: https only, and every address of the host must be allowed.
 *
 * With `allowPrivate` loopback, private and shared addresses are allowed too, and http to a loopback literal.
 * @returns "refused" when the target may not be reached.
 * @throws {Error} What `resolve` throws; also when the host has no address.
 */
export async function resolveTarget(target: HttpTarget, resolve: Resolve): Promise<CheckedTarget | "refused"> {
  const url = URL.parse(target.url);
  if (url === null) return "refused";
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const isPlainLoopback = url.protocol === "http:" && target.allowPrivate && isLoopback(hostname);
  if (url.protocol !== "https:" && !isPlainLoopback) return "refused";

  const addresses = await resolve(hostname);
  if (addresses.length === 0) throw new Error("Cannot post: the host has no address");
  const isAllowed = addresses.every(({ address }) => {
    const kind = classifyAddress(address);
    return kind === "public" || (kind === "private" && target.allowPrivate);
  });
  return isAllowed ? { url, addresses } : "refused";
}

import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * Whether an address may be posted to: `public` always, `private` when the channel allows it, `forbidden` never: the
 * platform's own addresses, link-local, multicast and reserved ranges, and IPv6 forms that carry a public IPv4 address.
 */
export type AddressClass = "public" | "private" | "forbidden";

type Subnet = readonly [network: string, prefixBits: number];

const LOOPBACK = blockList([["127.0.0.0", 8]], [["::1", 128]]);

const PRIVATE = blockList(
  [
    ["10.0.0.0", 8],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["100.64.0.0", 10],
  ],
  [["fc00::", 7]],
);

/**
 * IPv4 is public unless it is private or listed here.
 *
 * Source: IANA IPv4 Special-Purpose Address Registry, as Python's `ipaddress` has it, and for 168.63.129.16 "What is IP
 * address 168.63.129.16?", learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16, read 2026-11-22.
 */
const FORBIDDEN_V4 = blockList(
  [
    ["0.0.0.0", 8],
    ["168.63.129.16", 32],
    ["169.254.0.0", 16],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
  ],
  [],
);

/**
 * IPv6 is public only inside the range that is handed out for it, which leaves out compatible, mapped and translated
 * (NAT64) IPv4, link-local and multicast; Teredo and other protocol assignments, documentation and 6to4 lie inside it.
 *
 * Source: IANA Internet Protocol Version 6 Address Space, iana.org/assignments/ipv6-address-space, read 2026-11-22.
 */
const GLOBAL_V6 = blockList([], [["2000::", 3]]);
const FORBIDDEN_V6 = blockList(
  [],
  [
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["3fff::", 20],
  ],
);

/** Judges an address; anything that is no address is forbidden. */
export function classifyAddress(address: string): AddressClass {
  if (isLoopback(address) || contains(PRIVATE, address)) return "private";
  if (isIPv4(address)) return contains(FORBIDDEN_V4, address) ? "forbidden" : "public";
  return contains(GLOBAL_V6, address) && !contains(FORBIDDEN_V6, address) ? "public" : "forbidden";
}

/** Says whether a text is an address of this machine itself; a name such as `localhost` is not. */
export function isLoopback(address: string): boolean {
  return contains(LOOPBACK, address);
}

/** A mapped IPv6 address counts as the IPv4 address inside it. */
function contains(list: BlockList, address: string): boolean {
  if (isIPv4(address)) return list.check(address, "ipv4");
  return isIPv6(address) && list.check(address, "ipv6");
}

function blockList(v4: readonly Subnet[], v6: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefixBits] of v4) list.addSubnet(network, prefixBits, "ipv4");
  for (const [network, prefixBits] of v6) list.addSubnet(network, prefixBits, "ipv6");
  return list;
}

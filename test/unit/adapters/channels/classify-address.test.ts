import { describe, expect, it } from "vitest";
import { classifyAddress, isLoopback } from "../../../../src/adapters/channels/classify-address.ts";

describe("classifyAddress()", () => {
  it.each([
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.169.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "2a01:111::1",
    "2003::1",
  ])("calls %s public", (address) => {
    expect(classifyAddress(address)).toBe("public");
  });

  it.each([
    "127.0.0.1",
    "127.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.0",
    "100.127.255.255",
    "::1",
    "fc00::1",
    "fdff:ffff::1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:c0a8:1",
  ])("calls %s private", (address) => {
    expect(classifyAddress(address)).toBe("private");
  });

  it.each([
    { address: "0.0.0.0", why: "unspecified" },
    { address: "0.1.2.3", why: "this network" },
    { address: "168.63.129.16", why: "Azure's platform" },
    { address: "169.254.169.254", why: "instance metadata" },
    { address: "169.254.0.1", why: "link-local" },
    { address: "192.0.0.8", why: "protocol assignments" },
    { address: "192.0.2.1", why: "documentation" },
    { address: "192.88.99.1", why: "6to4 relay" },
    { address: "198.19.255.255", why: "benchmarks" },
    { address: "224.0.0.1", why: "multicast" },
    { address: "255.255.255.255", why: "broadcast" },
    { address: "::", why: "unspecified" },
    { address: "::8.8.8.8", why: "IPv4-compatible" },
    { address: "::ffff:8.8.8.8", why: "mapped public IPv4" },
    { address: "::ffff:169.254.169.254", why: "mapped metadata" },
    { address: "64:ff9b::a00:1", why: "NAT64" },
    { address: "64:ff9b:1::1", why: "local NAT64" },
    { address: "100::1", why: "discard" },
    { address: "2001::1", why: "Teredo" },
    { address: "2001:db8::1", why: "documentation" },
    { address: "2002:a00:1::", why: "6to4" },
    { address: "3fff:fff::1", why: "documentation" },
    { address: "4000::1", why: "not handed out" },
    { address: "fe80::1", why: "link-local" },
    { address: "fe80::1%eth0", why: "link-local with zone" },
    { address: "fec0::1", why: "site-local" },
    { address: "ff02::1", why: "multicast" },
    { address: "localhost", why: "a name" },
    { address: "", why: "nothing" },
  ])("forbids $address: $why", ({ address }) => {
    expect(classifyAddress(address)).toBe("forbidden");
  });
});

describe("isLoopback()", () => {
  it.each([
    { address: "127.0.0.1", want: true },
    { address: "127.8.8.8", want: true },
    { address: "::1", want: true },
    { address: "128.0.0.1", want: false },
    { address: "localhost", want: false },
  ])("says $want of $address", ({ address, want }) => {
    expect(isLoopback(address)).toBe(want);
  });
});

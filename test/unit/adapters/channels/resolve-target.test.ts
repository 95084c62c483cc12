import { describe, expect, it } from "vitest";
import { type ResolvedAddress, resolveTarget } from "../../../../src/adapters/channels/resolve-target.ts";

/** A resolver that knows one answer and remembers what it was asked. */
function aResolver(...addresses: readonly string[]) {
  const asked: string[] = [];
  const answer: readonly ResolvedAddress[] = addresses.map((address) => ({
    address,
    family: address.includes(":") ? 6 : 4,
  }));
  return {
    asked,
    resolve: async (hostname: string) => {
      asked.push(hostname);
      return answer;
    },
  };
}

describe("resolveTarget()", () => {
  it("returns the URL with every address that it checked", async () => {
    const { asked, resolve } = aResolver("1.1.1.1", "2606:4700::1111");

    const target = await resolveTarget({ url: "https://hooks.example/x?sig=1", allowPrivate: false }, resolve);

    expect(target).toEqual({
      url: new URL("https://hooks.example/x?sig=1"),
      addresses: [
        { address: "1.1.1.1", family: 4 },
        { address: "2606:4700::1111", family: 6 },
      ],
    });
    expect(asked).toEqual(["hooks.example"]);
  });

  it.each([
    { url: "http://hooks.example/", why: "it is not https" },
    { url: "ftp://hooks.example/", why: "it is no HTTP" },
    { url: "file:///etc/passwd", why: "it is a file" },
    { url: "hooks.example", why: "it is no URL" },
    { url: "", why: "it is empty" },
    { url: "http://127.0.0.1:9/", why: "loopback needs allowPrivate" },
  ])("refuses $url without asking for its address, because $why", async ({ url }) => {
    const { asked, resolve } = aResolver("1.1.1.1");

    expect(await resolveTarget({ url, allowPrivate: false }, resolve)).toBe("refused");
    expect(asked).toEqual([]);
  });

  it.each([
    { url: "http://localhost/", why: "a name is no literal" },
    { url: "http://10.0.0.1/", why: "only loopback may do without TLS" },
    { url: "http://hooks.example/", why: "only loopback may do without TLS" },
  ])("refuses $url even with allowPrivate, because $why", async ({ url }) => {
    expect(await resolveTarget({ url, allowPrivate: true }, aResolver("127.0.0.1").resolve)).toBe("refused");
  });

  it.each([
    { addresses: ["127.0.0.1"], open: "refused", privately: "allowed" },
    { addresses: ["10.1.2.3"], open: "refused", privately: "allowed" },
    { addresses: ["100.64.0.1"], open: "refused", privately: "allowed" },
    { addresses: ["fd00::1"], open: "refused", privately: "allowed" },
    { addresses: ["1.1.1.1", "10.0.0.1"], open: "refused", privately: "allowed" },
    { addresses: ["169.254.169.254"], open: "refused", privately: "refused" },
    { addresses: ["168.63.129.16"], open: "refused", privately: "refused" },
    { addresses: ["1.1.1.1", "169.254.169.254"], open: "refused", privately: "refused" },
    { addresses: ["1.1.1.1"], open: "allowed", privately: "allowed" },
  ])("is $open for a host at $addresses, and $privately with allowPrivate", async ({ addresses, open, privately }) => {
    const url = "https://hooks.example/";
    const verdictOf = async (allowPrivate: boolean) => {
      const target = await resolveTarget({ url, allowPrivate }, aResolver(...addresses).resolve);
      return target === "refused" ? "refused" : "allowed";
    };

    expect(await verdictOf(false)).toBe(open);
    expect(await verdictOf(true)).toBe(privately);
  });

  it.each([
    { url: "http://127.0.0.1:8080/x", hostname: "127.0.0.1" },
    { url: "http://[::1]:8080/x", hostname: "::1" },
    { url: "http://0x7f.1/x", hostname: "127.0.0.1" },
  ])("allows http to the loopback literal of $url with allowPrivate", async ({ url, hostname }) => {
    const { asked, resolve } = aResolver(hostname);

    expect(await resolveTarget({ url, allowPrivate: true }, resolve)).toMatchObject({
      addresses: [{ address: hostname }],
    });
    expect(asked).toEqual([hostname]);
  });

  it("throws when the host has no address", async () => {
    const target = { url: "https://hooks.example/", allowPrivate: false };

    await expect(resolveTarget(target, aResolver().resolve)).rejects.toThrow("the host has no address");
  });
});

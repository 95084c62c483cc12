import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type HttpPost, httpPost } from "../../../src/adapters/channels/http-post.ts";
import { SLOT_MS } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { CERTIFICATE, CERTIFICATE_HOST } from "./loopback-certificate.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

const LOOPBACK = [{ address: "127.0.0.1", family: 4 }];
const open: { readonly stop: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ stop }) => stop()));
});

async function aReceiver(options: Parameters<typeof startReceiver>[0] = {}): Promise<Receiver> {
  const receiver = await startReceiver(options);
  open.push(receiver);
  return receiver;
}

function aPost(url: string, overrides: Partial<HttpPost> = {}): HttpPost {
  return {
    channel: "ops",
    target: { url, allowPrivate: true },
    headers: { "x-test": "1" },
    body: '{"a":"ü"}',
    ...overrides,
  };
}

describe("httpPost()", () => {
  it("posts the body with its headers to the path of the URL", async () => {
    const receiver = await aReceiver();

    const outcome = await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${receiver.port}/a/b?sig=c%2Fd`));

    expect(outcome).toEqual({ kind: "delivered" });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({
      method: "POST",
      path: "/a/b?sig=c%2Fd",
      body: '{"a":"ü"}',
      headers: { "x-test": "1", "content-length": "10", host: `127.0.0.1:${receiver.port}`, connection: "close" },
    });
  });

  it.each([
    { status: 200, want: { kind: "delivered" } },
    { status: 204, want: { kind: "delivered" } },
    { status: 299, want: { kind: "delivered" } },
    { status: 300, want: { kind: "final", reason: "http-redirect" } },
    { status: 304, want: { kind: "final", reason: "http-redirect" } },
    { status: 308, want: { kind: "final", reason: "http-redirect" } },
    { status: 400, want: { kind: "final", reason: "http-400" } },
    { status: 401, want: { kind: "final", reason: "http-401" } },
    { status: 408, want: { kind: "retry", reason: "http-408" } },
    { status: 409, want: { kind: "final", reason: "http-409" } },
    { status: 410, want: { kind: "final", reason: "http-410" } },
    { status: 413, want: { kind: "final", reason: "http-413" } },
    { status: 429, want: { kind: "retry", reason: "http-429" } },
    { status: 499, want: { kind: "final", reason: "http-499" } },
    { status: 500, want: { kind: "retry", reason: "http-500" } },
    { status: 504, want: { kind: "retry", reason: "http-504" } },
  ])("says $want of status $status", async ({ status, want }) => {
    const receiver = await aReceiver();
    receiver.answerWith((response) => response.writeHead(status).end());

    expect(await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${receiver.port}/`))).toEqual(want);
  });

  it.each([
    { status: 503, retryAfter: "7", retryAfterMs: 7_000 },
    { status: 429, retryAfter: new Date(SLOT_MS + 90_000).toUTCString(), retryAfterMs: 90_000 },
    { status: 429, retryAfter: "soon", retryAfterMs: undefined },
  ])("passes on Retry-After $retryAfter of status $status", async ({ status, retryAfter, retryAfterMs }) => {
    const receiver = await aReceiver();
    receiver.answerWith((response) => response.writeHead(status, { "retry-after": retryAfter }).end());

    const outcome = await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${receiver.port}/`));

    expect(outcome).toEqual({
      kind: "retry",
      reason: `http-${status}`,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  });

  it("does not follow a redirect", async () => {
    const [receiver, elsewhere] = [await aReceiver(), await aReceiver()];
    const location = `http://127.0.0.1:${elsewhere.port}/`;
    receiver.answerWith((response) => response.writeHead(307, { location }).end());

    await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${receiver.port}/`));

    expect(elsewhere.received).toEqual([]);
  });

  it.each([
    { label: "never ends", answer: "write" },
    { label: "breaks off", answer: "break" },
  ])("needs no body: a delivered answer whose body $label is delivered", async ({ answer }) => {
    const receiver = await aReceiver();
    receiver.answerWith((response) => {
      response.writeHead(200, { "content-length": "1000000" }).write("x".repeat(100_000));
      if (answer === "break") setImmediate(() => response.destroy());
    });

    const outcome = await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${receiver.port}/`));

    expect(outcome).toEqual({ kind: "delivered" });
  });

  it("hangs up as soon as it has the answer", async () => {
    const receiver = await aReceiver();
    const { promise: hungUp, resolve: noteHangUp } = Promise.withResolvers<string>();
    receiver.answerWith((response) => {
      response.once("close", () => noteHangUp("closed"));
      response.writeHead(200).write("more to come");
    });

    await httpPost(aChannelWorld({ timeoutMs: 3_600_000 }), aPost(`http://127.0.0.1:${receiver.port}/`));

    expect(await hungUp).toBe("closed");
  });

  it("says network when nobody listens", async () => {
    const receiver = await startReceiver();
    await receiver.stop();

    const outcome = await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${receiver.port}/`));

    expect(outcome).toEqual({ kind: "retry", reason: "network" });
  });

  it.each([
    { label: "is no HTTP", answer: "220 smtp.example ready\r\n" },
    {
      label: "changes the protocol",
      answer: "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    },
    { label: "is empty", answer: "" },
  ])("says network of an answer that $label", async ({ answer }) => {
    const server = createServer((socket) => socket.end(answer));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push({ stop: async () => void server.close() });
    const { port } = server.address() as AddressInfo;

    const outcome = await httpPost(aChannelWorld(), aPost(`http://127.0.0.1:${port}/`));

    expect(outcome).toEqual({ kind: "retry", reason: "network" });
  });

  describe("name lookup", () => {
    it("says dns when the host cannot be looked up", async () => {
      const outcome = await httpPost(aChannelWorld(), aPost("https://nowhere.example/"));

      expect(outcome).toEqual({ kind: "retry", reason: "dns" });
    });

    it("says dns when the host has no address", async () => {
      const outcome = await httpPost(aChannelWorld({ resolve: async () => [] }), aPost("https://nowhere.example/"));

      expect(outcome).toEqual({ kind: "retry", reason: "dns" });
    });

    it("says timeout when the lookup hangs", async () => {
      const deps = aChannelWorld({ timeoutMs: 50, resolve: () => new Promise(() => undefined) });

      expect(await httpPost(deps, aPost("https://slow.example/"))).toEqual({ kind: "retry", reason: "timeout" });
    });

    it("looks up once and connects to what was checked, whatever the name says later", async () => {
      const receiver = await aReceiver({ isTls: true });
      const lookups: string[] = [];
      const deps = aChannelWorld({
        certificateAuthority: CERTIFICATE,
        resolve: async (hostname) => {
          lookups.push(hostname);
          return lookups.length === 1 ? LOOPBACK : [{ address: "169.254.169.254", family: 4 }];
        },
      });

      const outcome = await httpPost(deps, aPost(`https://${CERTIFICATE_HOST}:${receiver.port}/`));

      expect(outcome).toEqual({ kind: "delivered" });
      expect(lookups).toEqual([CERTIFICATE_HOST]);
      expect(receiver.received[0]?.headers.host).toBe(`${CERTIFICATE_HOST}:${receiver.port}`);
    });

    it("tries the next of the checked addresses when the first does not answer", async () => {
      const receiver = await aReceiver({ isTls: true });
      const silent = { address: "127.0.0.2", family: 4 };
      const deps = aChannelWorld({ certificateAuthority: CERTIFICATE, resolve: async () => [silent, ...LOOPBACK] });

      const outcome = await httpPost(deps, aPost(`https://${CERTIFICATE_HOST}:${receiver.port}/`));

      expect(outcome).toEqual({ kind: "delivered" });
    });
  });

  describe("TLS", () => {
    it.each([
      { label: "an unknown authority", certificateAuthority: undefined, host: CERTIFICATE_HOST },
      { label: "a certificate of another name", certificateAuthority: CERTIFICATE, host: "other.example.test" },
    ])("says tls of $label and sends nothing", async ({ certificateAuthority, host }) => {
      const receiver = await aReceiver({ isTls: true });
      const deps = aChannelWorld({
        resolve: async () => LOOPBACK,
        ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
      });

      const outcome = await httpPost(deps, aPost(`https://${host}:${receiver.port}/`));

      expect(outcome).toEqual({ kind: "retry", reason: "tls" });
      expect(receiver.received).toEqual([]);
    });

    it("says tls of a receiver that speaks none", async () => {
      const receiver = await aReceiver();

      const outcome = await httpPost(aChannelWorld(), aPost(`https://127.0.0.1:${receiver.port}/`));

      expect(outcome).toEqual({ kind: "retry", reason: "tls" });
    });

    it("says network of a connection that breaks after the handshake", async () => {
      const receiver = await aReceiver({ isTls: true });
      receiver.answerWith((response) => response.destroy());
      const deps = aChannelWorld({ certificateAuthority: CERTIFICATE, resolve: async () => LOOPBACK });

      const outcome = await httpPost(deps, aPost(`https://${CERTIFICATE_HOST}:${receiver.port}/`));

      expect(outcome).toEqual({ kind: "retry", reason: "network" });
    });
  });

  it("never connects to a target that is refused", async () => {
    const receiver = await aReceiver();
    const target = { url: `http://127.0.0.1:${receiver.port}/`, allowPrivate: false };

    const outcome = await httpPost(aChannelWorld(), aPost(target.url, { target }));

    expect(outcome).toEqual({ kind: "final", reason: "target-refused" });
    expect(receiver.received).toEqual([]);
  });

  describe("telemetry", () => {
    it("records the call with its status and duration", async () => {
      const receiver = await aReceiver();
      receiver.answerWith((response) => response.writeHead(503).end());
      const times = [SLOT_MS, SLOT_MS + 42];
      const deps = aChannelWorld({ clock: { nowMs: () => times.shift() ?? 0 } });

      await httpPost(deps, aPost(`http://127.0.0.1:${receiver.port}/`));

      expect(deps.telemetry.dependencies).toEqual([
        {
          dependency: "channel",
          operation: "post-notification",
          target: "ops",
          success: false,
          durationMs: 42,
          status: 503,
          reason: "http-503",
        },
      ]);
    });

    it.each(["accepts", "fails", "is unknown", "is refused"])("holds no secret when the target %s", async (fate) => {
      const receiver = await aReceiver();
      if (fate === "fails") receiver.answerWith((response) => response.writeHead(500).end("planted-secret"));
      const hosts: Record<string, string> = {
        "is unknown": "https://planted-secret.example",
        "is refused": "http://localhost",
      };
      const origin = hosts[fate] ?? `http://127.0.0.1:${receiver.port}`;
      const deps = aChannelWorld();

      const outcome = await httpPost(
        deps,
        aPost(`${origin}/planted-secret?sig=planted-secret`, {
          headers: { authorization: "planted-secret" },
          body: "planted-secret",
        }),
      );

      expect(deps.telemetry.dependencies).toHaveLength(1);
      expect(JSON.stringify([outcome, deps.telemetry])).not.toContain("planted-secret");
    });
  });
});

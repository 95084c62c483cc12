import { afterEach, describe, expect, it } from "vitest";
import { createMailClient, type MailCall, sendMailUrl } from "../../../src/adapters/channels/create-mail-client.ts";
import { InvariantError } from "../../../src/domain/errors.ts";
import type { TokenOutcome } from "../../../src/ports/token-provider.ts";
import { aChannelWorld } from "./channel-world.ts";
import { ANSWERS, type Answer, type Receiver, startReceiver } from "./start-receiver.ts";

const SENDER = "it@contoso.example";
const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

function token(text: string): TokenOutcome {
  return { kind: "token", token: text };
}

/** A client of a Graph on the loopback address, whose tokens come one after the other. */
async function aClient(answer: Answer = ANSWERS.accepts, outcomes: readonly TokenOutcome[] = [token("t-1")]) {
  const receiver = await startReceiver();
  receivers.push(receiver);
  receiver.answerWith(answer);
  const asked: (string | undefined)[] = [];
  const tokens = {
    getToken: async (refused?: string): Promise<TokenOutcome> => {
      asked.push(refused);
      return outcomes[asked.length - 1] ?? token("one too many");
    },
  };
  const graphRoot = `http://127.0.0.1:${receiver.port}`;
  const deps = aChannelWorld();
  const request = createMailClient("mail", { graphRoot, sender: SENDER, tokens }, deps);
  const url = sendMailUrl({ graphRoot, sender: SENDER });
  return { asked, deps, graphRoot, receiver, request, call: { method: "POST", url, body: "{}" } satisfies MailCall };
}

function answers(...statuses: readonly number[]): Answer {
  const left = [...statuses];
  return (response) => response.writeHead(left.shift() ?? 500).end("planted-secret");
}

describe("createMailClient()", () => {
  it("posts to the sendMail of the one mailbox, with a token", async () => {
    const { request, call, receiver } = await aClient();

    const outcome = await request(call);

    expect(outcome).toEqual({ kind: "delivered" });
    expect(receiver.received).toMatchObject([
      {
        method: "POST",
        path: "/v1.0/users/it%40contoso.example/sendMail",
        body: "{}",
        headers: { authorization: "Bearer t-1", "content-type": "application/json; charset=utf-8" },
      },
    ]);
  });

  it.each<{ readonly label: string; readonly change: (call: MailCall, root: string) => Partial<MailCall> }>([
    { label: "GET", change: () => ({ method: "GET" }) },
    { label: "DELETE", change: () => ({ method: "DELETE" }) },
    { label: "a method in lower case", change: () => ({ method: "post" }) },
    {
      label: "another mailbox",
      change: (_call, root) => ({ url: `${root}/v1.0/users/ceo%40contoso.example/sendMail` }),
    },
    { label: "its messages", change: (_call, root) => ({ url: `${root}/v1.0/users/it%40contoso.example/messages` }) },
    { label: "beta", change: (_call, root) => ({ url: `${root}/beta/users/it%40contoso.example/sendMail` }) },
    { label: "a query", change: ({ url }) => ({ url: `${url}?x=1` }) },
    { label: "a longer path", change: ({ url }) => ({ url: `${url}/../messages` }) },
    { label: "another host", change: ({ url }) => ({ url: url.replace("127.0.0.1", "127.0.0.2") }) },
    {
      label: "a partner",
      change: (_call, root) => ({ url: `${root}/v1.0/deviceManagement/deviceManagementPartners/1/terminate` }),
    },
  ])("refuses $label before it asks for a token", async ({ change }) => {
    const { request, call, graphRoot, asked, receiver } = await aClient();

    await expect(request({ ...call, ...change(call, graphRoot) })).rejects.toThrow(InvariantError);

    expect(asked).toEqual([]);
    expect(receiver.received).toEqual([]);
  });

  it("does not follow a redirect, which would take the token along", async () => {
    const elsewhere = await startReceiver();
    receivers.push(elsewhere);
    const location = `http://127.0.0.1:${elsewhere.port}/`;
    const { request, call } = await aClient((response) => response.writeHead(307, { location }).end());

    const outcome = await request(call);

    expect(outcome).toEqual({ kind: "final", reason: "http-redirect" });
    expect(elsewhere.received).toEqual([]);
  });

  it("renews a token that Graph refuses once", async () => {
    const { request, call, asked, receiver } = await aClient(answers(401, 202), [token("t-1"), token("t-2")]);

    const outcome = await request(call);

    expect(outcome).toEqual({ kind: "delivered" });
    expect(asked).toEqual([undefined, "t-1"]);
    expect(receiver.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer t-1", "Bearer t-2"]);
  });

  it("gives up when Graph refuses the new token too", async () => {
    const { request, call, receiver } = await aClient(answers(401, 401), [token("t-1"), token("t-2")]);

    expect(await request(call)).toEqual({ kind: "final", reason: "http-401" });
    expect(receiver.received).toHaveLength(2);
  });

  // The answers that Graph documents for sendMail, beside those that the contract of all channels goes through.
  it.each([
    { status: 202, outcome: { kind: "delivered" } },
    { status: 400, outcome: { kind: "final", reason: "http-400" } },
    { status: 403, outcome: { kind: "final", reason: "http-403" } },
    { status: 404, outcome: { kind: "final", reason: "http-404" } },
    { status: 413, outcome: { kind: "final", reason: "http-413" } },
    { status: 504, outcome: { kind: "retry", reason: "http-504" } },
  ])("makes $outcome of $status, in one attempt", async ({ status, outcome }) => {
    const { request, call, receiver } = await aClient(answers(status));

    expect(await request(call)).toEqual(outcome);
    expect(receiver.received).toHaveLength(1);
  });

  it.each<{ readonly reason: "unauthorized" | "unavailable"; readonly want: string }>([
    { reason: "unauthorized", want: "token-refused" },
    { reason: "unavailable", want: "token-unavailable" },
  ])("tries again later when there is no token: $reason", async ({ reason, want }) => {
    const { request, call, receiver } = await aClient(ANSWERS.accepts, [{ kind: "failed", reason }]);

    expect(await request(call)).toEqual({ kind: "retry", reason: want });
    expect(receiver.received).toEqual([]);
  });

  it("waits for a token no longer than for an answer", async () => {
    const { graphRoot, call, receiver } = await aClient();
    const tokens = { getToken: () => new Promise<TokenOutcome>(() => undefined) };
    const request = createMailClient("mail", { graphRoot, sender: SENDER, tokens }, aChannelWorld({ timeoutMs: 50 }));

    expect(await request(call)).toEqual({ kind: "retry", reason: "token-unavailable" });
    expect(receiver.received).toEqual([]);
  });

  it("leaves token, mailbox and answer out of telemetry", async () => {
    const { request, call, deps } = await aClient(answers(400));

    await request(call);

    expect(deps.telemetry.dependencies).toHaveLength(1);
    expect(JSON.stringify(deps.telemetry)).not.toMatch(/t-1|contoso|planted-secret/);
  });
});

describe("sendMailUrl()", () => {
  it.each([
    { sender: "a/../b@x.example", want: "https://graph.example/v1.0/users/a%2F..%2Fb%40x.example/sendMail" },
    { sender: "a?b#c@x.example", want: "https://graph.example/v1.0/users/a%3Fb%23c%40x.example/sendMail" },
  ])("keeps $sender one part of the path", ({ sender, want }) => {
    expect(sendMailUrl({ graphRoot: "https://graph.example", sender })).toBe(want);
  });
});

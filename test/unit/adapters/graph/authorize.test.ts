import { describe, expect, it } from "vitest";
import { authorize } from "../../../../src/adapters/graph/authorize.ts";
import type { GraphFailure, GraphOutcome } from "../../../../src/adapters/graph/graph-call.ts";
import type { TokenOutcome } from "../../../../src/ports/token-provider.ts";

const CALL = { method: "GET", url: "https://graph.microsoft.com/v1.0/x", headers: { accept: "application/json" } };
const PAGE: GraphOutcome = { kind: "page", status: 200, rows: [] };
const REFUSED: GraphFailure = { kind: "failed", reason: "unauthorized", retryable: false, status: 401 };

/** A provider that gives the tokens in turn, the last for ever, and an end that knows the good one. */
function anAuthorizedChain(tokens: readonly TokenOutcome[], goodToken: string, signal = new AbortController().signal) {
  const asked: (string | undefined)[] = [];
  const sent: (string | undefined)[] = [];
  const getToken = async (refused?: string): Promise<TokenOutcome> => {
    asked.push(refused);
    return tokens[Math.min(asked.length, tokens.length) - 1] ?? { kind: "failed", reason: "unavailable" };
  };
  const chain = authorize(
    { getToken },
    signal,
  )(async ({ headers }) => {
    sent.push(headers["authorization"]);
    return headers["authorization"] === `Bearer ${goodToken}` ? PAGE : REFUSED;
  });
  return { run: () => chain(CALL), asked, sent };
}

function aToken(token: string): TokenOutcome {
  return { kind: "token", token };
}

describe("authorize()", () => {
  it("adds the token to the headers and asks for one only", async () => {
    const { run, asked, sent } = anAuthorizedChain([aToken("good")], "good");

    expect(await run()).toBe(PAGE);
    expect(asked).toEqual([undefined]);
    expect(sent).toEqual(["Bearer good"]);
  });

  it("asks once more with a newer token when the first is refused", async () => {
    const { run, asked, sent } = anAuthorizedChain([aToken("old"), aToken("good")], "good");

    expect(await run()).toBe(PAGE);
    expect(asked).toEqual([undefined, "old"]);
    expect(sent).toEqual(["Bearer old", "Bearer good"]);
  });

  it("gives up when the newer token is refused too, and never refreshes again", async () => {
    const { run, asked } = anAuthorizedChain([aToken("old"), aToken("newer")], "good");

    const outcomes = [await run(), await run()];

    expect(outcomes).toEqual([REFUSED, REFUSED]);
    expect(asked).toEqual([undefined, "old", undefined]);
  });

  it("refreshes nothing for another failure", async () => {
    const failure: GraphFailure = { kind: "failed", reason: "forbidden", retryable: false, status: 403 };
    const asked: (string | undefined)[] = [];
    const getToken = async (refused?: string) => {
      asked.push(refused);
      return aToken("t");
    };

    const outcome = await authorize({ getToken }, new AbortController().signal)(async () => failure)(CALL);

    expect(outcome).toBe(failure);
    expect(asked).toEqual([undefined]);
  });

  it.each([
    { reason: "unauthorized", retryable: false },
    { reason: "unavailable", retryable: true },
  ] as const)("sends nothing without a token: $reason", async ({ reason, retryable }) => {
    const { run, sent } = anAuthorizedChain([{ kind: "failed", reason, detail: "why" }], "good");

    expect(await run()).toEqual({ kind: "failed", reason, retryable, detail: "why" });
    expect(sent).toEqual([]);
  });

  it.each(["before", "during"] as const)("stops waiting for a token when the deadline comes %s", async (when) => {
    const abortion = new AbortController();
    if (when === "before") abortion.abort();
    const never = new Promise<TokenOutcome>(() => {});
    const chain = authorize({ getToken: () => never }, abortion.signal)(async () => PAGE);

    const running = chain(CALL);
    abortion.abort();

    expect(await running).toEqual({ kind: "failed", reason: "unavailable", retryable: true });
  });
});

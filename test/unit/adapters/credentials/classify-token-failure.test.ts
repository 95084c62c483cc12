import { describe, expect, it } from "vitest";
import { classifyTokenFailure } from "../../../../src/adapters/credentials/classify-token-failure.ts";

function anError(message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), fields);
}

const REFUSED = anError("invalid_client: AADSTS7000222: the secret PLANTED expired", {
  name: "ServerError",
  errorCode: "invalid_client",
  status: 401,
});

describe("classifyTokenFailure()", () => {
  it.each([
    { named: "a refused secret", error: REFUSED },
    { named: "a refusal deep inside", error: anError("a", { cause: anError("b", { cause: REFUSED }) }) },
    {
      named: "a refusal beside passing failures of a chain",
      error: anError("chain", { errors: [anError("x", { code: "ETIMEDOUT" }), REFUSED] }),
    },
  ])("calls $named unauthorized, with the code of Entra ID and none of its words", ({ error }) => {
    expect(classifyTokenFailure(error)).toEqual({
      kind: "failed",
      reason: "unauthorized",
      detail: "Entra ID refuses the credential (AADSTS7000222)",
    });
  });

  it.each([
    { named: "a missing certificate file", error: anError("ENOENT: /PLANTED", { code: "ENOENT" }) },
    { named: "a chain without any credential", error: anError("chain", { errors: [anError("no CLI")] }) },
    { named: "an identity that does not exist", error: anError("x", { cause: anError("y", { status: 400 }) }) },
    { named: "no token at all", error: undefined },
    { named: "something that is no error", error: "PLANTED" },
  ])("calls $named unauthorized", ({ error }) => {
    expect(classifyTokenFailure(error)).toEqual({
      kind: "failed",
      reason: "unauthorized",
      detail: "No token could be got with the credential",
    });
  });

  it.each([
    { named: "a network error", error: anError("x", { cause: anError("y", { errorCode: "network_error" }) }) },
    { named: "a lost name server", error: anError("getaddrinfo", { code: "ENOTFOUND" }) },
    { named: "an answer 503", error: anError("x", { cause: anError("y", { errorCode: "other", status: 503 }) }) },
    { named: "an answer 429", error: anError("x", { statusCode: 429 }) },
    {
      named: "what says that it passes",
      error: anError("AADSTS90033", { errorCode: "temporarily_unavailable", status: 400 }),
    },
    { named: "a request that is held back", error: anError("x", { cause: anError("y", { errorCode: "" }) }) },
    { named: "an answer that is no token", error: anError("x", { name: "AuthenticationRequiredError" }) },
  ])("calls $named unavailable, without words", ({ error }) => {
    expect(classifyTokenFailure(error)).toEqual({ kind: "failed", reason: "unavailable" });
  });

  it("ends with causes that go in a circle", () => {
    const error = anError("x", { code: "ECONNRESET" });
    error.cause = error;

    expect(classifyTokenFailure(error)).toEqual({ kind: "failed", reason: "unavailable" });
  });
});

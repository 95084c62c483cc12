import { describe, expect, it } from "vitest";
import { ConfigError, DependencyError } from "../../../src/domain/errors.ts";
import type { Route } from "../../../src/http/http-types.ts";
import { serve } from "../../../src/http/serve.ts";
import { aRequest, bodyOf } from "./builders.ts";

const SECRET = "AccountKey=s3cret";

function throwing(failure: unknown): Route {
  return () => Promise.reject(failure);
}

function throwEarly(): never {
  throw new TypeError("early");
}

function anInvocation() {
  const recorded: unknown[] = [];
  return { invocationId: "invocation-1", record: (error: unknown) => recorded.push(error), recorded };
}

describe("serve()", () => {
  it("gives the route's own reply, and the route its input", async () => {
    const invocation = anInvocation();

    const reply = await serve(
      async ({ url, invocationId }) => ({ status: 200, headers: {}, body: `${invocationId} ${url}` }),
      aRequest("/api/x"),
      invocation,
    );

    expect(reply.body).toBe("invocation-1 http://127.0.0.1:7071/api/x");
    expect(invocation.recorded).toEqual([]);
  });

  it("answers 503 with the names of wrong settings", async () => {
    const error = new ConfigError([{ setting: "tenants[0].id", expected: "a GUID" }]);

    const reply = await serve(throwing(error), aRequest("/"), anInvocation());

    expect(reply.status).toBe(503);
    expect(reply.headers["Retry-After"]).toBe("30");
    expect(bodyOf(reply).settings).toEqual([{ setting: "tenants[0].id", expected: "a GUID" }]);
  });

  it.each([
    { retryAfterMs: 1_200, header: "2" },
    { retryAfterMs: undefined, header: "30" },
  ])(
    "answers 503 and Retry-After $header when a dependency asks for $retryAfterMs ms",
    async ({ retryAfterMs, header }) => {
      const error = new DependencyError(SECRET, {
        dependency: "tables",
        operation: "load-live",
        retryable: true,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });

      const reply = await serve(throwing(error), aRequest("/"), anInvocation());

      expect(reply.status).toBe(503);
      expect(reply.headers["Retry-After"]).toBe(header);
      expect(reply.body).not.toContain(SECRET);
    },
  );

  it.each([
    {
      name: "a failure that asking again cannot help",
      error: new DependencyError(SECRET, { dependency: "tables", operation: "load-live", retryable: false }),
    },
    { name: "an error nobody knows", error: new TypeError(SECRET) },
    { name: "something that is no error", error: SECRET },
  ])("answers 500 without a word of $name, and records it", async ({ error }) => {
    const invocation = anInvocation();

    const reply = await serve(throwing(error), aRequest("/api/v1/history?code=s3cret"), invocation);

    expect(reply.status).toBe(500);
    expect(reply.body).not.toContain("s3cret");
    expect(bodyOf(reply)).toMatchObject({ status: 500, traceId: "invocation-1", instance: "/api/v1/history" });
    expect(invocation.recorded).toEqual([error]);
  });

  it("turns a route that throws before it promises anything into a problem too", async () => {
    const reply = await serve(throwEarly, aRequest("/"), anInvocation());

    expect(reply.status).toBe(500);
  });
});

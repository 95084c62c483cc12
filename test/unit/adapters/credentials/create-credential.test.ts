import { describe, expect, it } from "vitest";
import { createCredential } from "../../../../src/adapters/credentials/create-credential.ts";
import { GRAPH_CLOUDS } from "../../../../src/adapters/graph/clouds.ts";

const TARGET = { ...GRAPH_CLOUDS.global, tenantId: "11111111-1111-4111-8111-111111111111" };

/** The other kinds are seen on the wire in create-token-provider.test.ts; this one would use the developer's own sign-in. */
describe("createCredential()", () => {
  it("makes the default chain without asking for anything", async () => {
    const sent: string[] = [];
    const httpClient = {
      sendRequest: async ({ url }: { readonly url: string }) => {
        sent.push(url);
        throw new Error("Cannot answer: nothing is to be sent");
      },
    };

    const credential = await createCredential({ kind: "default" }, TARGET, { httpClient });

    expect(credential.constructor.name).toBe("DefaultAzureCredential");
    expect(sent).toEqual([]);
  });

  it.each([
    { settings: { kind: "client-secret", clientId: "c", clientSecret: "" }, named: "an empty secret" },
    { settings: { kind: "client-secret", clientId: "", clientSecret: "s" }, named: "an empty client id" },
  ] as const)("rejects for $named", async ({ settings }) => {
    await expect(createCredential(settings, TARGET, {})).rejects.toThrow(/required/i);
  });
});

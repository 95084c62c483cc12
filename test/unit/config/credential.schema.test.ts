import { describe, expect, it } from "vitest";
import { credentialSchema } from "../../../src/config/credential.schema.ts";
import { CLIENT_ID } from "./config-builders.ts";

const schema = credentialSchema({ SECRET: "s3cret", PEM: "-----BEGIN CERTIFICATE-----" });

describe("credentialSchema()", () => {
  it.each([
    [{ kind: "managed-identity" }, { kind: "managed-identity" }],
    [
      { kind: "managed-identity", clientId: CLIENT_ID },
      { kind: "managed-identity", clientId: CLIENT_ID },
    ],
    [
      { kind: "workload-identity", clientId: CLIENT_ID, managedIdentityClientId: CLIENT_ID },
      { kind: "workload-identity", clientId: CLIENT_ID, managedIdentityClientId: CLIENT_ID },
    ],
    [
      { kind: "client-secret", clientId: CLIENT_ID, secretFrom: "SECRET" },
      { kind: "client-secret", clientId: CLIENT_ID, clientSecret: "s3cret" },
    ],
    [
      { kind: "client-certificate", clientId: CLIENT_ID, certificateFrom: "PEM" },
      { kind: "client-certificate", clientId: CLIENT_ID, certificate: "-----BEGIN CERTIFICATE-----" },
    ],
    [{ kind: "default" }, { kind: "default" }],
    [{ kind: "development-token" }, { kind: "development-token" }],
  ])("reads $kind with the secret in place of its name", (given, credential) => {
    expect(schema.parse(given)).toEqual(credential);
  });

  it.each([
    ["an unknown kind", { kind: "password" }, "kind"],
    ["no kind", {}, "kind"],
    ["a member of another kind", { kind: "default", clientId: CLIENT_ID }, ""],
    ["a client id that is none", { kind: "workload-identity", clientId: "app" }, "clientId"],
    ["a secret that is not set", { kind: "client-secret", clientId: CLIENT_ID, secretFrom: "OTHER" }, "secretFrom"],
    [
      "a certificate that is not set",
      { kind: "client-certificate", clientId: CLIENT_ID, certificateFrom: "X" },
      "certificateFrom",
    ],
  ])("refuses %s", (_case, given, path) => {
    const { error } = schema.safeParse(given);

    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });
});

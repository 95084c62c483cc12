import { z } from "zod";
import type { Environment } from "./environment.ts";
import { fromSetting, guid, unknownKind } from "./fields.schema.ts";

/** How tokens for a tenant are got, with secrets in place of the names of their settings. */
export type CredentialConfig = z.output<ReturnType<typeof createSchema>>;

/** Makes the schema of a credential, which looks up secrets in the given app settings. */
export function credentialSchema(env: Environment): z.ZodType<CredentialConfig> {
  return createSchema(env);
}

function createSchema(env: Environment) {
  return z.discriminatedUnion(
    "kind",
    [managedIdentity, workloadIdentity, clientSecret(env), clientCertificate(env), machine, developmentToken],
    unknownKind("managed-identity, workload-identity, client-secret, client-certificate, default or development-token"),
  );
}

const clientIdOfApp = guid().describe("Client id of the app registration.");

const managedIdentity = z
  .strictObject({
    kind: z.literal("managed-identity"),
    clientId: guid()
      .exactOptional()
      .describe("Client id of a user-assigned identity. Default: the app's own identity."),
  })
  .describe("The app's identity; reads its home tenant only.");

const workloadIdentity = z
  .strictObject({
    kind: z.literal("workload-identity"),
    clientId: clientIdOfApp,
    managedIdentityClientId: guid()
      .exactOptional()
      .describe("Client id of the user-assigned identity that the app registration trusts. Default: the app's own."),
  })
  .describe("A multi-tenant app registration that trusts the app's identity; reads other tenants without a secret.");

const machine = z
  .strictObject({ kind: z.literal("default") })
  .describe("What the machine has: environment, identity, or a developer's sign-in.");

const developmentToken = z
  .strictObject({ kind: z.literal("development-token") })
  .describe("An unsigned token, for a simulated Graph on a loopback address, which takes no other.");

function clientSecret(env: Environment) {
  return z
    .strictObject({
      kind: z.literal("client-secret"),
      clientId: clientIdOfApp,
      secretFrom: fromSetting(env, "the client secret").describe("App setting that holds the client secret."),
    })
    .transform(({ kind, clientId, secretFrom }) => ({ kind, clientId, clientSecret: secretFrom }))
    .describe("An app registration with a secret.");
}

function clientCertificate(env: Environment) {
  return z
    .strictObject({
      kind: z.literal("client-certificate"),
      clientId: clientIdOfApp,
      certificateFrom: fromSetting(env, "the certificate as PEM text, or the path of its file").describe(
        "App setting that holds certificate and private key as PEM text, or the path of a file with both.",
      ),
    })
    .transform(({ kind, clientId, certificateFrom }) => ({ kind, clientId, certificate: certificateFrom }))
    .describe("An app registration with a certificate.");
}

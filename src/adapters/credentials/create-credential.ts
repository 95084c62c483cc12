import type { TokenCredentialOptions } from "@azure/identity";
import { defined } from "../../domain/defined.ts";
import type { CredentialSettings, TokenTarget } from "./credential-settings.ts";

/** The credential kinds that `@azure/identity` serves. */
export type IdentitySettings = Exclude<CredentialSettings, { readonly kind: "development-token" }>;

/** Asks for a token of one scope; null when the source has none. */
export interface Credential {
  readonly getToken: (scope: string) => Promise<{ readonly token: string } | null>;
}

/**
 * Makes the credential of one tenant, with a token cache of its own; `@azure/identity` is loaded by the first call.
 *
 * Only a managed identity shares its cache across the process: its tokens live up to 24 h and carry the permissions of
 * the time they were made.
 * @param options For the pipeline of the library, such as its HTTP client in tests.
 */
export async function createCredential(
  settings: IdentitySettings,
  target: TokenTarget,
  options: TokenCredentialOptions,
): Promise<Credential> {
  const identity = await import("@azure/identity");
  const { tenantId } = target;
  const atAuthority = { ...options, authorityHost: target.authorityHost };
  switch (settings.kind) {
    case "managed-identity":
      return new identity.ManagedIdentityCredential({ ...options, ...defined({ clientId: settings.clientId }) });
    case "workload-identity": {
      const managed = new identity.ManagedIdentityCredential({
        ...options,
        ...defined({ clientId: settings.managedIdentityClientId }),
      });
      const assertion = async (): Promise<string> => (await managed.getToken(target.tokenExchangeScope)).token;
      return new identity.ClientAssertionCredential(tenantId, settings.clientId, assertion, atAuthority);
    }
    case "client-secret":
      return new identity.ClientSecretCredential(tenantId, settings.clientId, settings.clientSecret, atAuthority);
    case "client-certificate": {
      const { clientId, certificate } = settings;
      return certificate.includes("-----BEGIN ")
        ? new identity.ClientCertificateCredential(tenantId, clientId, { certificate }, atAuthority)
        : new identity.ClientCertificateCredential(tenantId, clientId, certificate, atAuthority);
    }
    case "default":
      return new identity.DefaultAzureCredential({ ...atAuthority, tenantId });
  }
}

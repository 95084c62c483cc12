/** How the tokens of a tenant are got; secrets are the texts themselves, resolved from the settings they were named by. */
export type CredentialSettings =
  | {
      /** Reads the home tenant of the identity only. */
      readonly kind: "managed-identity";
      /** Client id of a user-assigned identity. @default the system-assigned one */
      readonly clientId?: string;
    }
  | {
      /** Reads other tenants: a multi-tenant app whose federated credential is a managed identity. */
      readonly kind: "workload-identity";
      /** Client id of the multi-tenant app. */
      readonly clientId: string;
      /** Client id of the user-assigned identity that the app trusts. @default the system-assigned one */
      readonly managedIdentityClientId?: string;
    }
  | { readonly kind: "client-secret"; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: "client-certificate";
      readonly clientId: string;
      /** The PEM text of certificate and private key, or the path of a file that holds it. */
      readonly certificate: string;
    }
  /** What the machine has: environment, identity, or the developer's sign-in. */
  | { readonly kind: "default" }
  /** An unsigned token for a simulated Graph on a loopback address; refused anywhere else. */
  | { readonly kind: "development-token" };

/** Whom the tokens are for, and where they are got. */
export interface TokenTarget {
  /** Lower-case GUID. */
  readonly tenantId: string;
  /** The Graph root, no slash at the end; the tokens are good for nothing else. */
  readonly graphRoot: string;
  /** The Entra ID authority of the same cloud. */
  readonly authorityHost: string;
  /** What a managed identity asks a token for, to use it as the credential of a multi-tenant app. */
  readonly tokenExchangeScope: string;
}

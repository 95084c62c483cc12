import type { TokenCredential } from "@azure/identity";

/**
 * Makes the credential that reaches the storage account, as the host does for its own connection: the user-assigned identity
 * when one is named, else the app's own, else what the machine has.
 */
export async function createStorageCredential(clientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import("@azure/identity");
  return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
}

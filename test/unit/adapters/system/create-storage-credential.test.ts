import { describe, expect, it } from "vitest";
import { createStorageCredential } from "../../../../src/adapters/system/create-storage-credential.ts";

describe("createStorageCredential()", () => {
  it.each([undefined, "33333333-3333-4333-8333-333333333333"])(
    "makes a credential for client id %s",
    async (clientId) => {
      const credential = await createStorageCredential(clientId);

      expect(credential).toHaveProperty("getToken", expect.any(Function));
    },
  );
});

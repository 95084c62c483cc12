import { z } from "zod";
import type { Environment } from "./environment.ts";
import { fromSetting, type SecretField } from "./fields.schema.ts";

const ADDRESS = "an https address, or with allowPrivate http://127.0.0.1:<port>";
const LOOPBACK_LITERAL = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What was expected where `isAddressAllowed` says no. */
export const WRONG_ADDRESS = { path: ["urlFrom"], error: `the name of an app setting that holds ${ADDRESS}` };

/** Makes the members of whatever posts to an address of the administrator's choice. */
export function addressMembers(env: Environment): {
  readonly urlFrom: SecretField;
  readonly allowPrivate: z.ZodDefault<z.ZodBoolean>;
} {
  return {
    urlFrom: fromSetting(env, ADDRESS).describe("App setting that holds the address, which is a secret."),
    allowPrivate: z
      .boolean()
      .default(false)
      .describe("Whether the address may be a private one, and http on a loopback literal."),
  };
}

/** Says whether an address can be right: what its name resolves to is checked before each send. */
export function isAddressAllowed(address: { readonly urlFrom: string; readonly allowPrivate: boolean }): boolean {
  const url = URL.parse(address.urlFrom);
  if (url === null) return false;
  const { protocol, hostname } = url;
  return protocol === "https:" || (address.allowPrivate && protocol === "http:" && LOOPBACK_LITERAL.test(hostname));
}

/** The app settings, as the environment of the process holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns an app setting without white space around it; undefined when it is absent or blank. */
export function settingOf(env: Environment, name: string): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  return value === "" ? undefined : value;
}

/**
 * Says whether a value is a Key Vault reference that the platform could not replace by the secret: the app then reads the
 * reference itself.
 *
 * Source: insightcrunch.com/2023/04/24/configure-key-vault-references, read 2026-11-22.
 */
export function isUnresolvedReference(value: string): boolean {
  return value.startsWith("@Microsoft.KeyVault(");
}

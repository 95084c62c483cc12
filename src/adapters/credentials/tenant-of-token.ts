/**
 * Returns the tenant that a token names, or undefined when it cannot be read, which proves nothing.
 *
 * Nothing is validated: that is for Graph to do. A credential of the wrong tenant, such as a managed identity that was
 * given another one to watch, would otherwise report the partners of one tenant as those of the other.
 */
export function tenantOfToken(token: string): string | undefined {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  try {
    const claims: unknown = JSON.parse(payload);
    const tenantId: unknown = typeof claims === "object" && claims !== null ? Reflect.get(claims, "tid") : undefined;
    return typeof tenantId === "string" ? tenantId.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

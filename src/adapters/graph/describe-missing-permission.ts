const READ_PERMISSION = /\b[A-Z][A-Za-z]{1,40}\.Read\.All\b/g;
const MOST_NAMES = 3;

/**
 * Says which application permission to grant: the documented least one, and those to read that Graph names beside it.
 *
 * Both are told because the message of Intune can name permissions that nobody can grant; permissions to write are left
 * out because a monitor needs none. At most 256 characters.
 * @param message An error message without its labels; nothing but names of permissions is taken from it.
 */
export function describeMissingPermission(message: string, leastPermission: string): string {
  const named = [...new Set(message.match(READ_PERMISSION))].filter((name) => name !== leastPermission);
  const others = named.length === 0 ? "" : ` (Graph names ${named.slice(0, MOST_NAMES).join(", ")})`;
  return `The application needs the permission ${leastPermission}${others}`;
}

/** The parts of an address below the Graph root. */
export interface GraphUrl {
  readonly version: string;
  /** Begins with a slash; percent-encoded as sent. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
}

const VERSIONED_PATH = /^\/(v1\.0|beta)(\/.+)$/;

/**
 * Splits an absolute address below the Graph root, in version v1.0 or beta.
 *
 * @returns undefined for any other scheme, host, port or version, for one with credentials, and for a doubled slash, which
 * the Graph client would take for the address of another host.
 */
export function splitGraphUrl(address: string, graphRoot: string): GraphUrl | undefined {
  const url = URL.parse(address);
  if (url === null || url.origin !== new URL(graphRoot).origin || url.username !== "" || url.password !== "")
    return undefined;
  const [, version, path] = VERSIONED_PATH.exec(url.pathname) ?? [];
  if (version === undefined || path === undefined || path.includes("//")) return undefined;
  return { version, path, query: url.search.slice(1) };
}

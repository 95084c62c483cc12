const TOKEN = /^v1\.([\w.|-]{1,200})\.([\da-f]{32})$/;

/**
 * Writes `v1.<row position>.<digest>`.
 *
 * @param query The query in its canonical form; the digest covers the position too, so an altered one is noticed.
 */
export function toPageToken(position: string, query: string, digest: (text: string) => string): string {
  return `v1.${position}.${digest(`${position}\n${query}`)}`;
}

/**
 * Returns the row position of a page token that belongs to the query.
 *
 * The digest is no signature and needs none: a position says where to go on in the query's own rows, and nothing else.
 * @returns undefined when the token is malformed, altered or of another query.
 */
export function parsePageToken(token: string, query: string, digest: (text: string) => string): string | undefined {
  const position = TOKEN.exec(token)?.[1];
  return position !== undefined && toPageToken(position, query, digest) === token ? position : undefined;
}

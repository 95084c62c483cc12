import { parseWishes } from "./parse-wishes.ts";

/**
 * Says whether an `Accept-Encoding` header wants gzip, and not the plain body more. Who sends none gets the plain body.
 *
 * Source: RFC 9110, section 12.5.3, which also has `x-gzip` count as gzip.
 */
export function wantsGzip(acceptEncoding: string | null): boolean {
  const wishes = parseWishes(acceptEncoding);
  const qualityOf = (...names: readonly string[]) => wishes.find(({ name }) => names.includes(name))?.quality;
  const gzip = qualityOf("gzip", "x-gzip") ?? qualityOf("*") ?? 0;
  return gzip > 0 && gzip >= (qualityOf("identity") ?? 0);
}

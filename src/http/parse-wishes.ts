/** What one member of an `Accept` or `Accept-Encoding` header asks for. */
export interface Wish {
  /** In lower case: a media type, a coding, or a range of them. */
  readonly name: string;
  /** 0, not wanted, to 1. */
  readonly quality: number;
}

/**
 * Reads the wishes of a header, in order; one whose quality cannot be read is left out.
 *
 * Source: RFC 9110, section 12.4.2.
 */
export function parseWishes(header: string | null): readonly Wish[] {
  return (header ?? "").split(",").flatMap((text) => parseWish(text) ?? []);
}

function parseWish(text: string): Wish | undefined {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  if (given !== undefined && !/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given)) return undefined;
  return { name, quality: given === undefined ? 1 : Number(given) };
}

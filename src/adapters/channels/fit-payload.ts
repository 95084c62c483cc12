/** How many characters each text of a message may keep, tried in this order. */
const TEXT_LIMITS = [4_000, 1_000, 500, 250, 100] as const;

/**
 * Renders a message cut as little as its size limit allows.
 *
 * @param render Renders with every text, or what else is limited, cut to that number.
 * @param limits The numbers that are tried, in this order. @default characters of a text, from 4,000 to 100
 * @returns the first rendering of at most `maxBytes` UTF-8 bytes, or else the last.
 */
export function fitPayload(
  render: (limit: number) => string,
  maxBytes: number,
  limits: readonly number[] = TEXT_LIMITS,
): string {
  let payload = "";
  for (const limit of limits) {
    payload = render(limit);
    if (Buffer.byteLength(payload) <= maxBytes) break;
  }
  return payload;
}

/** How many characters each text of a message may keep, tried in this order. */
const TEXT_LIMITS = [4_000, 1_000, 500, 250, 100] as const;

/**
 * Renders a message with its texts cut as little as its size limit allows.
 *
 * @param render Renders with every text cut to that many characters.
 * @returns the longest rendering of at most `maxBytes` UTF-8 bytes, or the shortest there is.
 */
export function fitPayload(render: (maxTextChars: number) => string, maxBytes: number): string {
  let payload = "";
  for (const maxTextChars of TEXT_LIMITS) {
    payload = render(maxTextChars);
    if (Buffer.byteLength(payload) <= maxBytes) break;
  }
  return payload;
}

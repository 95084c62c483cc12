import type { NotificationFacts } from "../../../src/domain/delivery/notification.ts";
import { aNotification } from "../../builders/a-notification.ts";

/** From here on a title cuts the tenant's name, so that each character more stands in the body once. */
const FIRST_CHARS = 100;

/**
 * Finds facts that a channel renders uncut with exactly `bytes` bytes, and facts with one byte more, by the length of the
 * tenant's name.
 *
 * @param texts The other long texts: together with them little enough must be left for one name.
 * @param measure Sends facts and returns the size of the body.
 */
export async function factsOfSize(
  { bytes, texts }: { readonly bytes: number; readonly texts: Partial<NotificationFacts> },
  measure: (facts: NotificationFacts) => Promise<number>,
): Promise<{ readonly fitting: NotificationFacts; readonly larger: NotificationFacts }> {
  const factsOf = (chars: number): NotificationFacts => aNotification({ ...texts, tenantName: "x".repeat(chars) });
  const chars = FIRST_CHARS + bytes - (await measure(factsOf(FIRST_CHARS)));
  if (chars < FIRST_CHARS || chars > 2_900) throw new RangeError(`Cannot reach ${bytes} bytes: ${chars} characters`);
  return { fitting: factsOf(chars), larger: factsOf(chars + 1) };
}

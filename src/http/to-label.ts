import { cutText, toPlainLine } from "../domain/text.ts";

/** The most characters of a label: names tell connections apart for people, keys do for machines. */
const MAX_LABEL_CHARS = 64;

/** Makes a text from outside a label that is short and safe to show. */
export function toLabel(text: string): string {
  return cutText(toPlainLine(text), MAX_LABEL_CHARS);
}

import type { Tone } from "../../domain/delivery/describe-headline.ts";
import type { MessageText } from "../../domain/delivery/describe-notification.ts";
import { cutText } from "../../domain/text.ts";

const COLOURS: Readonly<Record<Tone, string>> = {
  critical: "#a4262c",
  error: "#d13438",
  warning: "#c19c00",
  info: "#0078d4",
  good: "#107c10",
  neutral: "#605e5c",
};

const FONT = "font-family:'Segoe UI',Arial,sans-serif;font-size:14px;color:#201f1e";

/**
 * Renders a message as the HTML of a mail: a head with a coloured edge, a table of lines, links; nothing is loaded from
 * anywhere.
 *
 * Styles stand in attributes and the layout in a table, because that is what Outlook draws. Each text stands in an
 * element of its own, so that a name written from right to left moves nothing around it.
 */
export function toMailHtml(text: MessageText, maxTextChars: number): string {
  const show = (words: string): string => `<bdi dir="ltr">${escapeHtml(cutText(words, maxTextChars))}</bdi>`;
  const head = [
    `<p style="margin:0;font-size:18px;font-weight:600">${show(text.title)}</p>`,
    ...(text.summary === "" ? [] : [`<p style="margin:4px 0 0">${show(text.summary)}</p>`]),
    ...text.remarks.map((remark) => `<p style="margin:4px 0 0;font-style:italic">${show(remark)}</p>`),
  ];
  const rows = text.lines.map(
    ({ label, text: words }) =>
      `<tr><td style="padding:3px 16px 3px 0;vertical-align:top;font-weight:600;white-space:nowrap">${show(label)}</td>` +
      `<td style="padding:3px 0;vertical-align:top">${show(words)}</td></tr>`,
  );
  const closing = text.closing === undefined ? [] : [`<p style="font-style:italic">${show(text.closing)}</p>`];
  const links = text.links.map(({ label, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`);
  return [
    `<html><body style="${FONT}">`,
    `<div style="border-left:6px solid ${COLOURS[text.tone]};padding:4px 0 4px 12px">`,
    ...head,
    "</div>",
    `<table role="presentation" style="${FONT};border-collapse:collapse;margin:16px 0">`,
    ...rows,
    "</table>",
    ...closing,
    ...(links.length === 0 ? [] : [`<p>${links.join(" | ")}</p>`]),
    "</body></html>",
  ].join("\n");
}

/** Writes a text so that it is neither markup nor the end of an attribute. */
function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMailHtml } from "../../../../src/adapters/channels/to-mail-html.ts";
import type { MessageText } from "../../../../src/domain/delivery/describe-notification.ts";

function aText(changes: Partial<MessageText> = {}): MessageText {
  return {
    tone: "error",
    title: "Error: Jamf Pro is quiet",
    summary: "New alert.",
    remarks: ["It comes late."],
    lines: [{ label: "Since", text: "yesterday" }],
    links: [{ label: "Monitor", url: "https://app.example/h?a=1&b=2" }],
    ...changes,
  };
}

/** What a reader sees, a line for each row and paragraph. */
function shown(html: string): readonly string[] {
  const text = html.replaceAll("</td><td", " <td").replaceAll(/<[^>]*>/g, "");
  return text.split("\n").filter((line) => line !== "");
}

/** The tags, without their attributes. */
function tagsOf(html: string): readonly string[] {
  return Array.from(html.matchAll(/<([^\s>]+)/g), ([, tag = ""]) => tag);
}

describe("toMailHtml()", () => {
  it("shows head, lines, closing and links in this order", () => {
    expect(shown(toMailHtml(aText({ closing: "and 2 more" }), 100))).toEqual([
      "Error: Jamf Pro is quiet",
      "New alert.",
      "It comes late.",
      "Since yesterday",
      "and 2 more",
      "Monitor",
    ]);
  });

  it("leaves out what there is not", () => {
    expect(shown(toMailHtml(aText({ summary: "", remarks: [], links: [] }), 100))).toEqual([
      "Error: Jamf Pro is quiet",
      "Since yesterday",
    ]);
  });

  it("escapes an address inside its attribute", () => {
    const links = [{ label: "x", url: `https://app.example/"onclick='y'` }];

    expect(toMailHtml(aText({ links }), 100)).toContain('<a href="https://app.example/&quot;onclick=&#39;y&#39;">');
    expect(toMailHtml(aText(), 100)).toContain('<a href="https://app.example/h?a=1&amp;b=2">Monitor</a>');
  });

  it("cuts each text to the given number of characters", () => {
    const html = toMailHtml(aText({ lines: [{ label: "What", text: "x".repeat(60) }] }), 50);

    expect(html).toContain(`>${"x".repeat(49)}…<`);
  });

  it("has a colour for every tone", () => {
    const tones = ["critical", "error", "warning", "info", "good", "neutral"] as const;

    const colours = tones.map(
      (tone) => /border-left:6px solid (#[\da-f]{6});/.exec(toMailHtml(aText({ tone }), 9))?.[1],
    );

    expect(new Set(colours).size).toBe(6);
    expect(colours).not.toContain(undefined);
  });

  it("loads nothing from anywhere", () => {
    expect(tagsOf(toMailHtml(aText(), 100))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/img|link|script|style/)]),
    );
    expect(toMailHtml(aText(), 100)).not.toMatch(/url\(|src=/);
  });

  it("takes no text for markup, in whatever place", () => {
    const clean = tagsOf(toMailHtml(aText({ closing: "x" }), 1_000));
    const hostile = fc
      .constantFrom("<b>", "</td>", '"><img src=x onerror=y>', "'", "&lt;script&gt;", "<!--", "</bdi>")
      .chain((markup) => fc.string({ maxLength: 20 }).map((text) => `${text}${markup}${text}`));

    fc.assert(
      fc.property(hostile, (text) => {
        const html = toMailHtml(
          aText({
            title: text,
            summary: text,
            remarks: [text],
            lines: [{ label: text, text }],
            closing: text,
            links: [{ label: text, url: text }],
          }),
          1_000,
        );

        expect(tagsOf(html)).toEqual(clean);
      }),
      { seed: 4 },
    );
  });
});

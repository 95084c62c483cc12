import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderMessagesPage } from "../../../scripts/messages-page.ts";

const page = path.resolve(import.meta.dirname, "../../../docs/messages.md");

describe("renderMessagesPage()", () => {
  it.each(["teams", "slack", "webhook`, `cloudevents", "webhook`, `azure-monitor", "pagerduty", "log"])(
    "shows what `%s` says of a fired, an escalated and a resolved",
    (channel) => {
      const headings = renderMessagesPage().match(/^### .*$/gm);

      expect(headings?.filter((heading) => heading.startsWith(`### \`${channel}\`: `))).toEqual(
        ["fired", "escalated", "resolved"].map((kind) => `### \`${channel}\`: ${kind}`),
      );
    },
  );

  it("leaves nothing unsaid", () => {
    expect(renderMessagesPage()).not.toMatch(/undefined|null|NaN|\{\}/);
  });

  it("is what docs/messages.md holds; if not, run npm run docs", async () => {
    expect(await readFile(page, "utf8")).toBe(renderMessagesPage());
  });
});

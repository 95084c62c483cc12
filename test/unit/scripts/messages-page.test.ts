import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderMessagesPage } from "../../../scripts/messages-page.ts";

const page = path.resolve(import.meta.dirname, "../../../docs/messages.md");

describe("renderMessagesPage()", () => {
  const episode = ["fired", "escalated", "reminder", "deescalated", "resolved"];
  const toPeople = [...episode, "flapping", "several at once", "test"];

  it.each([
    { channel: "teams", want: toPeople },
    { channel: "slack", want: toPeople },
    { channel: "email", want: toPeople },
    { channel: "webhook`, `cloudevents", want: [...episode, "test"] },
    { channel: "webhook`, `azure-monitor", want: [...episode, "test"] },
    { channel: "pagerduty", want: [...episode, "test"] },
    { channel: "log", want: [...episode, "flapping", "test"] },
  ])("shows all that `$channel` is told", ({ channel, want }) => {
    const headings = renderMessagesPage().match(/^### .*$/gm);

    expect(headings?.filter((heading) => heading.startsWith(`### \`${channel}\`: `))).toEqual(
      want.map((name) => `### \`${channel}\`: ${name}`),
    );
  });

  it("leaves nothing unsaid", () => {
    expect(renderMessagesPage()).not.toMatch(/undefined|null|NaN|\{\}/);
  });

  it("is what docs/messages.md holds; if not, run npm run docs", async () => {
    expect(await readFile(page, "utf8")).toBe(renderMessagesPage());
  });
});

import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { documentJsonSchema, renderSettingsPage } from "../../../scripts/settings-page.ts";
import { appSettingsSchema } from "../../../src/config/app-settings.ts";
import { RULE_IDS } from "../../../src/domain/rules/rule.ts";

const docs = path.resolve(import.meta.dirname, "../../../docs");

describe("renderSettingsPage()", () => {
  it("names every app setting and every rule", () => {
    const page = renderSettingsPage();

    for (const name of [...Object.keys(appSettingsSchema.shape), ...RULE_IDS]) expect(page).toContain(`| \`${name}\``);
  });

  it("gives every setting a meaning", () => {
    expect(renderSettingsPage()).not.toMatch(/\| {1,2}\|$|undefined/m);
  });

  it("is what docs/settings.md holds; if not, run npm run docs", async () => {
    expect(await readFile(path.join(docs, "settings.md"), "utf8")).toBe(renderSettingsPage());
  });
});

describe("documentJsonSchema()", () => {
  it("is what docs/monitor.config.schema.json holds; if not, run npm run docs", async () => {
    const published: unknown = JSON.parse(await readFile(path.join(docs, "monitor.config.schema.json"), "utf8"));

    expect(published).toEqual(JSON.parse(JSON.stringify(documentJsonSchema())));
  });
});

import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cruise } from "../../scripts/check-imports.ts";

const ROOT = resolve(import.meta.dirname, "../..");
describe("the import rule", () => {
  it("holds in every module, and saw them all", async () => {
    const { totalCruised, violations } = await cruise(ROOT, [
      "src",
      "functions",
      "dashboard",
      "local",
      "scripts",
      "test",
    ]);

    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(totalCruised, "modules cruised; far fewer means that TypeScript was not parsed").toBeGreaterThan(200);
  });
});

describe("a planted violation of the import rule", () => {
  const planted: Readonly<Record<string, string>> = {
    "src/domain/reads-files.ts": `import { readFile } from "node:fs"; export const a = readFile;`,
    "src/domain/uses-zod.ts": `import { z } from "zod"; export const a = z;`,
    "src/domain/uses-a-port.ts": `import type { P } from "../ports/port.ts"; export type A = P;`,
    "src/ports/has-a-value.ts": `import { d } from "../domain/plain.ts"; export const a = d;`,
    "src/ports/uses-app.ts": `import type { A } from "../app/case.ts"; export type B = A;`,
    "src/app/uses-an-adapter.ts": `import { t } from "../adapters/tables/t.ts"; export const a = t;`,
    "src/app/uses-npm.ts": `import { z } from "zod"; export const a = z;`,
    "src/http/uses-a-port.ts": `import type { P } from "../ports/port.ts"; export type A = P;`,
    "src/http/uses-the-host.ts": `import { app } from "@azure/functions"; export const a = app;`,
    "src/config/uses-app.ts": `import { c } from "../app/case.ts"; export const a = c;`,
    "src/config/reads-files.ts": `import { readFile } from "node:fs"; export const a = readFile;`,
    "src/adapters/graph/uses-tables.ts": `import { t } from "../tables/t.ts"; export const a = t;`,
    "src/adapters/graph/uses-config.ts": `import { c } from "../../config/c.ts"; export const a = c;`,
    "src/adapters/graph/uses-the-runner.ts": `import { l } from "../../../local/l.ts"; export const a = l;`,
    "src/composition.ts": `import { app } from "@azure/functions"; export const a = app;`,
    "functions/uses-an-adapter.ts": `import { t } from "../src/adapters/tables/t.ts"; export const a = t;`,
    "functions/uses-npm.ts": `import { z } from "zod"; export const a = z;`,
    "dashboard/uses-the-domain.ts": `import type { D } from "../src/domain/plain.ts"; export type A = D;`,
    "dashboard/has-a-value-of-the-contract.ts": `import { c } from "../src/http/contract/alerts.ts"; export const a = c;`,
    "dashboard/uses-a-route.ts": `import type { R } from "../src/http/route.ts"; export type A = R;`,
    "dashboard/reads-files.ts": `import { readFile } from "node:fs"; export const a = readFile;`,
    "dashboard/uses-zod.ts": `import { z } from "zod"; export const a = z;`,
    "src/http/uses-the-page.ts": `import type { P } from "../../dashboard/page.ts"; export type A = P;`,
    "local/knows-the-app.ts": `import { d } from "../src/domain/plain.ts"; export const a = d;`,
    "local/loads-a-trigger.ts": `import { f } from "../functions/f.ts"; export const a = f;`,
    "src/app/cycle-a.ts": `import { b } from "./cycle-b.ts"; export const a = b;`,
    "src/domain/orphan.ts": `export const a = 1;`,
    "src/domain/imports-nothing-real.ts": `import { a } from "./no-such-file.ts"; export const b = a;`,
  };
  const honest: Readonly<Record<string, string>> = {
    "src/domain/plain.ts": `export const d = 1;`,
    "src/domain/uses-plain.ts": `import { d } from "./plain.ts"; export const a = d;`,
    "src/ports/port.ts": `export interface P { readonly a: string }`,
    "src/ports/uses-port.ts": `import type { P } from "./port.ts"; export type Q = P;`,
    "src/app/case.ts": `import type { P } from "../ports/port.ts"; export type A = P; export const c = 1;`,
    "src/app/cycle-b.ts": `import { a } from "./cycle-a.ts"; export const b = a;`,
    "src/adapters/tables/t.ts": `import { z } from "zod"; export const t = z;`,
    "src/config/c.ts": `import { z } from "zod"; export const c = z;`,
    "functions/f.ts": `import { app } from "@azure/functions"; export const f = app;`,
    "src/http/contract/alerts.ts": `export interface C { readonly a: string } export const c = 1;`,
    "src/http/contract/tenants.ts": `export interface T { readonly a: string }`,
    "src/http/route.ts": `import type { C } from "./contract/alerts.ts"; export type R = C;`,
    "dashboard/page.ts": `import { html } from "htm/preact"; import { render } from "preact"; import { useState } from "preact/hooks"; import uPlot from "uplot"; import type { C } from "../src/http/contract/alerts.ts"; import type { T } from "../src/http/contract/tenants.ts"; export type P = C | T; export const p = [html, render, useState, uPlot];`,
    "local/l.ts": `import { readFile } from "node:fs"; export const l = readFile;`,
    "local/history-player/play.ts": `import { d } from "../../src/domain/plain.ts"; export const p = d;`,
  };
  let tree = "";
  let violations: Awaited<ReturnType<typeof cruise>>["violations"] = [];

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), "import-rule-"));
    for (const [path, text] of Object.entries({ ...planted, ...honest, "tsconfig.json": "{}" })) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), text);
    }
    await copyFile(join(ROOT, "package.json"), join(tree, "package.json"));
    await symlink(join(ROOT, "node_modules"), join(tree, "node_modules"));
    ({ violations } = await cruise(tree, ["src", "functions", "dashboard", "local"]));
  });
  afterAll(() => rm(tree, { recursive: true, force: true }));

  it.each(Object.keys(planted))("is reported for %s", (path) => {
    expect(violations.some(({ from }) => from === path)).toBe(true);
  });

  it.each(Object.keys(honest).filter((path) => path !== "src/app/cycle-b.ts"))("is not reported for %s", (path) => {
    expect(violations.filter(({ from }) => from === path)).toEqual([]);
  });
});

import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { buildDashboard } from "./build-dashboard.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");

/** What CommonJS packages use and modules lack; through `require` the host also hands out `@azure/functions-core`. */
const COMMONJS_BANNER = [
  'import{createRequire as __createRequire}from"node:module";',
  "const require=__createRequire(import.meta.url),",
  "__filename=import.meta.filename,__dirname=import.meta.dirname;",
].join("");

// One entry a trigger file lands in dist/functions, which `main` of package.json matches; what is imported lazily lands in
// dist/chunks, which it does not.
await rm(path.join(ROOT, "dist"), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: ["functions/*.ts"],
  outbase: ".",
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  mainFields: ["module", "main"],
  external: ["@azure/functions-core"],
  banner: { js: COMMONJS_BANNER },
  minify: true,
  keepNames: true,
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});

// What went where, for the test that holds the size of a cold start.
await writeFile(path.join(ROOT, "dist/metafile.json"), JSON.stringify(metafile));

await buildDashboard(ROOT);

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Builds the page into dist/dashboard: index.html, and files whose names carry a hash of what they hold; each also gzipped, with `.gz` behind its name.
 *
 * @param {string} root The project's folder.
 */
export async function buildDashboard(root) {
  const folder = path.join(root, "dist/dashboard");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["dashboard/main.ts", { in: "dashboard/icon.svg", out: "icon" }],
    outdir: "dist/dashboard",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
    loader: { ".svg": "copy" },
    minify: true,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  });
  const built = Object.keys(metafile.outputs).map((file) => path.basename(file));
  const page = await readFile(path.join(root, "dashboard/index.html"), "utf8");
  const linked = page.replaceAll(/%(\w+)(\.\w+)%/g, (_match, name, extension) => {
    const file = built.find((candidate) => candidate.startsWith(`${name}-`) && candidate.endsWith(extension));
    if (file === undefined)
      throw new Error(`Cannot build the page: ${name}${extension} is wanted, built are ${built.join(", ")}`);
    return file;
  });
  await writeFile(path.join(folder, "index.html"), linked);
  for (const file of ["index.html", ...built]) {
    const bytes = await readFile(path.join(folder, file));
    await writeFile(path.join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

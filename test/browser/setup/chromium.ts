import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";

/** How a browser is started; plain data, so that it can be handed to the workers. */
export interface BrowserCommand {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** What its process needs beside this environment. */
  readonly env: Readonly<Record<string, string>>;
}

const requireHere = createRequire(import.meta.url);

const CACHE = path.resolve(import.meta.dirname, "../../../node_modules/.cache/chromium-153.0.0");

/**
 * The package's own arguments are for crawlers: they switch web security off, and run all pages in one process, which ends with
 * the first context that is closed.
 */
const ARGS = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none"];

/** The package's own file looks for its fonts in places of a cloud; where there is no font, a form field ends the browser. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${CACHE}/fonts</dir><cachedir>${CACHE}/fonts-cache</cachedir></fontconfig>
`;

/** Tells whether there is a browser for this machine: the package has one for Linux on x64 alone. */
export function hasChromium(environment: NodeJS.ProcessEnv): boolean {
  return environment["CHROMIUM_PATH"] !== undefined || (process.platform === "linux" && process.arch === "x64");
}

/**
 * Finds a Chromium: the one that CHROMIUM_PATH names, else the one inside the npm package, unpacked on first use.
 *
 * The package unpacks into the temporary folder and takes whatever `chromium` lies there already; so a folder of this version's
 * own stands in for it meanwhile, which also holds the fonts that make text as wide here as elsewhere.
 * @throws {Error} Where the package has no binary for this platform and none is named.
 */
export async function findChromium(environment: NodeJS.ProcessEnv): Promise<BrowserCommand> {
  const own = environment["CHROMIUM_PATH"];
  if (own !== undefined) return { executablePath: own, args: ARGS, env: {} };
  if (!hasChromium(environment)) {
    const current = `${process.platform} ${process.arch}`;
    throw new Error(
      `Cannot start a browser: CHROMIUM_PATH is wanted where the packed one does not run, this is ${current}`,
    );
  }
  const before = environment["TMPDIR"];
  await mkdir(CACHE, { recursive: true });
  environment["TMPDIR"] = CACHE;
  try {
    const { default: packed, inflate } = await import("@sparticuz/chromium");
    const bin = path.join(path.dirname(requireHere.resolve("@sparticuz/chromium")), "../bin");
    const executablePath = await packed.executablePath();
    const libraries = path.join(await inflate(path.join(bin, "al2023.tar.br")), "lib");
    const fonts = path.join(CACHE, "fonts.conf");
    await writeFile(fonts, FONTS);
    return { executablePath, args: ARGS, env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fonts } };
  } finally {
    if (before === undefined) delete environment["TMPDIR"];
    else environment["TMPDIR"] = before;
  }
}

/** Starts a browser. */
export function launchBrowser(
  { executablePath, args, env }: BrowserCommand,
  environment: NodeJS.ProcessEnv,
): Promise<Browser> {
  return playwright.launch({ executablePath, args: [...args], env: { ...environment, ...env } });
}

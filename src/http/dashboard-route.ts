import { matchesTag } from "./conditional-reply.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { problemReply } from "./problem.ts";
import { wantsGzip } from "./wants-gzip.ts";

/** What GET dashboard/{*asset} needs. */
export interface DashboardRouteDeps {
  /** The built page by file name: `index.html`, what it links to, and beside each the same gzipped, with `.gz` behind its name. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

const PAGE = "index.html";
const GZIPPED = ".gz";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Nothing but what this server sends: no other host, no text as script, no frame around the page, no form sent by the browser. */
const SECURITY_HEADERS = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/**
 * Makes the route of the page, which holds nothing of any tenant.
 *
 * Every file but the page itself has its digest in its name, so a browser keeps it for good. The page's links are relative:
 * without the slash at the end of its own address they would lead elsewhere, so that address redirects.
 */
export function createDashboardRoute(deps: DashboardRouteDeps): Route {
  const served = toServed(deps);
  return async (input) => {
    const { pathname } = new URL(input.url);
    const name = input.params["asset"] ?? "";
    if (name === "" && !pathname.endsWith("/")) return toSlash(pathname);
    const file = served.get(name === "" ? PAGE : name);
    if (file === undefined) return problemReply(input, { status: 404, detail: "The page has no such file" });
    return fileReply(input, file);
  };
}

/** A file as it is, and as it travels where it may be gzipped. */
interface ServedFile {
  readonly name: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer> | undefined;
  /** Names what it holds. */
  readonly tag: string;
}

function toServed({ files, digest }: DashboardRouteDeps): ReadonlyMap<string, ServedFile> {
  const plain = [...files].filter(([name]) => !name.endsWith(GZIPPED));
  return new Map(
    plain.map(([name, bytes]) => {
      const tag = digest(new TextDecoder().decode(bytes));
      return [name, { name, plain: bytes, gzipped: files.get(name + GZIPPED), tag }];
    }),
  );
}

function toSlash(pathname: string): HttpReply {
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  return { status: 308, headers: { Location: `${last}/`, "Cache-Control": "no-cache" } };
}

/** A strong tag names bytes, so either coding of a file has its own. */
function fileReply(input: HttpInput, { name, plain, gzipped, tag }: ServedFile): HttpReply {
  const coded = wantsGzip(input.headers.get("accept-encoding")) ? gzipped : undefined;
  const etag = coded === undefined ? `"${tag}"` : `"${tag}-gzip"`;
  const headers = {
    ...SECURITY_HEADERS,
    ETag: etag,
    Vary: "Accept-Encoding",
    "Cache-Control": name === PAGE ? "no-cache" : "public, max-age=31536000, immutable",
  };
  if (matchesTag(input.headers.get("if-none-match"), etag)) return { status: 304, headers };
  const type = CONTENT_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  const coding = coded === undefined ? {} : { "Content-Encoding": "gzip" };
  return { status: 200, headers: { ...headers, "Content-Type": type, ...coding }, body: coded ?? plain };
}

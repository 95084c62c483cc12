import { matchesTag } from "./conditional-reply.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { problemReply } from "./problem.ts";

/** What GET dashboard/{*asset} needs. */
export interface DashboardRouteDeps {
  /** The built page: text by file name, `index.html` among them. */
  readonly files: ReadonlyMap<string, string>;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

const PAGE = "index.html";

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
export function createDashboardRoute({ files, digest }: DashboardRouteDeps): Route {
  return async (input) => {
    const { pathname } = new URL(input.url);
    const name = input.params["asset"] ?? "";
    if (name === "" && !pathname.endsWith("/")) return toSlash(pathname);
    const text = files.get(name === "" ? PAGE : name);
    if (text === undefined) return problemReply(input, { status: 404, detail: "The page has no such file" });
    return fileReply(input, { name: name === "" ? PAGE : name, text, etag: `"${digest(text)}"` });
  };
}

function toSlash(pathname: string): HttpReply {
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  return { status: 308, headers: { Location: `${last}/`, "Cache-Control": "no-cache" } };
}

function fileReply(
  input: HttpInput,
  { name, text, etag }: { readonly name: string; readonly text: string; readonly etag: string },
): HttpReply {
  const headers = {
    ...SECURITY_HEADERS,
    ETag: etag,
    "Cache-Control": name === PAGE ? "no-cache" : "public, max-age=31536000, immutable",
  };
  if (matchesTag(input.headers.get("if-none-match"), etag)) return { status: 304, headers };
  const type = CONTENT_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return { status: 200, headers: { ...headers, "Content-Type": type }, body: text };
}

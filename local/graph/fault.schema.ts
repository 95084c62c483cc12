import { z } from "zod";

/** Names the three collections that the simulated Graph serves; a fault belongs to one of them or, by `*`, to all. */
export const SOURCE_PATHS = ["deviceManagementPartners", "complianceManagementPartners", "connectorStatus"] as const;

/** One collection of the simulated Graph; `connectorStatus` stands for all three forms of reading it. */
export type SourcePath = (typeof SOURCE_PATHS)[number];

/** Where a fault can stand: at a collection, or at the sending of mail. */
export type FaultPlace = SourcePath | "sendMail";

/** The ways in which a list can be paged, right and wrong; see the kind `paging`. */
export const PAGING_MODES = [
  "two-pages",
  "empty-page",
  "repeated-link",
  "endless",
  "foreign-host",
  "other-scheme",
  "gone-link",
] as const;

/** One way of paging. */
export type PagingMode = (typeof PAGING_MODES)[number];

/** A Retry-After header: plain seconds, an HTTP date so many seconds from now (negative: past), or any text as it stands. */
const retryAfter = z.union([
  z.strictObject({ seconds: z.number() }),
  z.strictObject({ dateInSeconds: z.number() }),
  z.strictObject({ text: z.string() }),
]);

/** The wanted Retry-After header; see {@link faultSchema}. */
export type RetryAfter = Readonly<z.output<typeof retryAfter>>;

function kind<const K extends string, S extends z.ZodRawShape>(name: K, shape: S) {
  /** `times`: the fault heals after so many answers; without it it stays. */
  return z.strictObject({ kind: z.literal(name), times: z.int().positive().optional(), ...shape }).readonly();
}

/** Everything that can go wrong with one collection. Source: reference/graph.md sections 8, 9 and 12. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** 429 with the body of the gateway (default) or of the Intune backend; no Retry-After unless given. */
  kind("throttled", { body: z.enum(["gateway", "intune"]).optional(), retryAfter: retryAfter.optional() }),
  /** 500 with the query broker's text: throttling in disguise. */
  kind("query-broker", {}),
  /** 500, 502, 503 or 504; an HTML page of a gateway instead of JSON when `html`. */
  kind("server-error", {
    status: z.literal([500, 502, 503, 504]),
    html: z.boolean().optional(),
    retryAfter: retryAfter.optional(),
  }),
  /** 501 NotSupported, as Intune answers where a connector does not exist. */
  kind("not-supported", {}),
  /** 404 NotFound, as Intune answers for a singleton that was never bound. */
  kind("not-found", {}),
  /** 400 "Resource not found for the segment", as after a removed segment. */
  kind("unknown-segment", {}),
  /** 400 "Request not applicable to target tenant", as for a tenant without Intune. */
  kind("unlicensed", {}),
  /** 403 with the JSON-in-string message; it names the wanted scopes, or says that the token has no role at all. */
  kind("forbidden", { body: z.enum(["role-missing", "no-roles"]).optional() }),
  /** 401 of the older backend with Forbidden nested twice: a missing permission, not a bad token. */
  kind("nested-forbidden", {}),
  /** 401 InvalidAuthenticationToken with WWW-Authenticate, although the token is good. */
  kind("token-expired", {}),
  /** The connection is reset before any answer. */
  kind("reset", {}),
  /** 200 and half of the body, then nothing more until the client or the server closes. */
  kind("never-ends", {}),
  /** 200 and complete by HTTP, but the JSON stops in the middle. */
  kind("truncated", {}),
  /** 200 without a body. */
  kind("empty", {}),
  /** 200 with an HTML page. */
  kind("html", {}),
  /** 200 whose `value` is a text instead of a list; a singleton's `connectorStatus` likewise. */
  kind("value-not-a-list", {}),
  /** 200 whose `value` is one object instead of a list: the first row of a list, or the singleton itself. */
  kind("value-wrapped", {}),
  /** 302 to another host; `location` names another target. */
  kind("redirect", { location: z.string().optional() }),
  /**
   * Paging of a list: `two-pages`; `empty-page` first and all rows behind it; `repeated-link`, a page that links to
   * itself; `endless` pages, each with a new link; a link to a `foreign-host`; one to the same host with the
   * `other-scheme`; a `gone-link` that answers 410. The two forms that read a singleton are never paged.
   */
  kind("paging", { mode: z.enum(PAGING_MODES) }),
  /** This status, text and headers as they stand, so that a captured answer can be served. */
  kind("body", {
    status: z.int().min(200).max(599),
    body: z.string(),
    headers: z.record(z.string(), z.string()).readonly().optional(),
  }),
]);

/** One fault of a collection; {@link faultSchema} says what each kind does. */
export type Fault = z.output<typeof faultSchema>;

/** What a send met, by its code. Short, as a first line has room for no more. */
const FAILURES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "http-redirect": "its receiver redirects",
    timeout: "its receiver does not answer",
    "send-timeout": "its sends do not end",
    dns: "its host name is not found",
    tls: "its certificate or TLS fails",
    network: "the connection fails",
    "target-refused": "its address is not allowed",
    "target-gone": "its receiver wants no more",
    "token-refused": "its credential is refused",
    "token-unavailable": "no token is to be had",
    "notifier-threw": "this monitor has a bug",
    "notifier-not-loaded": "its code cannot be loaded",
  }),
);

/** Says why a channel cannot deliver, by the code of a failure: "its receiver answers 503"; undefined for a code that is none of ours. */
export function describeFailure(code: string): string | undefined {
  const [, status] = /^http-(\d{3})$/.exec(code) ?? [];
  return status === undefined ? FAILURES.get(code) : `its receiver answers ${status}`;
}

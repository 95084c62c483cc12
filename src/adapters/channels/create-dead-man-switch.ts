import type { DeadManSwitch } from "../../ports/dead-man-switch.ts";
import type { PostDeps } from "./channel-deps.ts";
import type { HttpTarget } from "./channel-settings.ts";
import { httpPost } from "./http-post.ts";

/**
 * Makes a dead-man's switch that is pinged as Healthchecks.io has it: a post to its address says that all is well, one to
 * `<address>/fail` that it is not. The body holds two numbers and nothing else; the query of an address is kept.
 *
 * A ping that fails is recorded and not repeated: the next slot pings again.
 * Source: Healthchecks.io, "Pinging API", healthchecks.io/docs/http_api, read 2026-11-22.
 */
export function createDeadManSwitch(target: HttpTarget, deps: PostDeps): DeadManSwitch {
  return {
    ping: async ({ configured, late }) => {
      await httpPost(deps, {
        channel: "dead-man-switch",
        operation: "ping-dead-man-switch",
        target: late === 0 ? target : { ...target, url: failUrlOf(target.url) },
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: `${late} of ${configured} tenants are late`,
      });
    },
  };
}

function failUrlOf(address: string): string {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/fail`;
  return url.href;
}

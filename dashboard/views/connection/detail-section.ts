import { html } from "htm/preact";
import type { VNode } from "preact";
import type { ConnectionBody } from "../../../src/http/contract/connections.ts";
import { parseDuration, sayDuration } from "../../model/say-time.ts";
import { capital, DEADLINE_WORDS, SIDE_WORDS } from "../../model/words.ts";
import { Instant, Section, TimeAgo } from "../../parts/small-parts.ts";

/** Dates, limits and all else that was read of a connection. */
export function DetailSection({ connection }: { readonly connection: ConnectionBody }): VNode {
  const { reading, deadlines, thresholds, connectionKey, firstSeenDateTime, lastSeenDateTime } = connection;
  return html`<${Section} title="Details">
    <dl class="facts facts--wide">
      ${deadlines.map(
        ({ kind, dateTime }) =>
          html`<div key=${kind}><dt>${DEADLINE_WORDS[kind]}</dt><dd><${TimeAgo} at=${dateTime} />, <${Instant} at=${dateTime} /></dd></div>`,
      )}
      ${thresholds.map(
        ({ ruleId, severity, side, duration }) => html`<div key="${ruleId} ${severity}">
          <dt>${capital(ruleId)}: ${severity}</dt>
          <dd>${SIDE_WORDS[side]} ${sayDuration(parseDuration(duration) ?? 0)}</dd>
        </div>`,
      )}
      <div><dt>First seen</dt><dd><${Instant} at=${firstSeenDateTime} /></dd></div>
      <div><dt>Last seen</dt><dd><${Instant} at=${lastSeenDateTime} /></dd></div>
      <div><dt>Connection id</dt><dd><code dir="auto">${reading.connectionId}</code></dd></div>
      <div><dt>Connection key</dt><dd><code>${connectionKey}</code></dd></div>
    </dl>
    <details class="more">
      <summary>The reading as JSON</summary>
      <pre class="json" tabindex="0">${JSON.stringify(reading, undefined, 2)}</pre>
    </details>
  <//>`;
}

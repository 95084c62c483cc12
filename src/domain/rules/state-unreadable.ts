import type { Reading, TenantWatchReading } from "../connections/reading.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Rule } from "./rule.ts";

/** Judges what is stored of a tenant: an error when a row cannot be parsed, for what it stands for is left out of every poll. */
export const stateUnreadable: Rule = defineRule({
  id: "state-unreadable",
  title: "Stored rows cannot be read",
  appliesTo: ["tenant-watch"],
  watches: isTenantWatch,
  limits: {},
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "The connections, notifications or silences behind these rows are left out of every poll: no alert of such a connection " +
    "fires or ends. All others go on.",
  remedy:
    "GET v1/connections names the rows. If a newer version of this monitor wrote them, deploy it again. Else begin anew with a " +
    "connection by POST v1/connections/{connectionKey}/reset, which also ends its open alerts; " +
    "of other rows order or tell anew what they held, then delete them in storage.",
});

function isTenantWatch(reading: Reading): reading is TenantWatchReading {
  return reading.kind === "tenant-watch";
}

function judge({ reading: { unreadableRows } }: JudgeInput<TenantWatchReading>): Evaluation {
  if (unreadableRows === undefined) return { verdict: "unknown", reason: "not-polled" };
  const measured = { unit: "count", count: unreadableRows } as const;
  return unreadableRows === 0
    ? { verdict: "ok", reason: "readable", measured }
    : { verdict: "breach", severity: "error", reason: "unreadable-rows", measured };
}

import { isOpen } from "../alerts/alert-state.ts";
import { describeOutcome } from "../connections/describe-outcome.ts";
import { defined } from "../defined.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { Observed } from "./observed.ts";
import type { PollContext } from "./poll-context.ts";
import type { Head } from "./poll-plan.ts";
import { resumedSlotOf } from "./read-fleet.ts";
import type { PollCounts } from "./tenant-overview.ts";

/**
 * Makes the head that a poll leaves behind.
 *
 * It says of a source what its reading says, which has the last word on whether an answer is believed.
 * @param poll What was observed, the states after it, and how many notifications it plans.
 */
export function nextHead(
  before: Head | undefined,
  poll: {
    readonly observed: Observed;
    readonly states: readonly ConnectionState[];
    readonly notifications: number;
  },
  context: PollContext,
): Head {
  const { observed, states } = poll;
  const sources = states.flatMap(({ reading }) => (reading.kind === "source" ? [reading] : []));
  return {
    lastSlotMs: context.slotMs,
    observedAtMs: context.observedAtMs,
    periodMs: context.policy.periodMs,
    sources: Object.fromEntries(sources.map((source) => [source.sourceId, describeOutcome(source)])),
    counts: count(before?.counts, poll),
    ...defined({
      connectorStatusForm: formUsed(observed) ?? before?.connectorStatusForm,
      graphUnavailable: observed.kind === "fleet" ? foundUnavailable(states) : isGraphUnavailable(before, observed),
      resumedSlotMs: observed.kind === "fleet" ? resumedSlotOf(before, context) : undefined,
    }),
  };
}

function count(
  { polls, failedPolls, notifications }: PollCounts = { polls: 0, failedPolls: 0, notifications: 0 },
  poll: { readonly states: readonly ConnectionState[]; readonly notifications: number },
): PollCounts {
  const failed = poll.states.some(({ reading }) => reading.kind === "tenant" && !reading.readable);
  return {
    polls: polls + 1,
    failedPolls: failedPolls + (failed ? 1 : 0),
    notifications: notifications + poll.notifications,
  };
}

/** Says whether most tenants cannot be read: the fleet's newest word on it. */
export function isGraphUnavailable(head: Head | undefined, observed: Observed): boolean | undefined {
  return (observed.kind === "tenant" ? observed.graphUnavailable : undefined) ?? head?.graphUnavailable;
}

function foundUnavailable(states: readonly ConnectionState[]): boolean {
  return states.some(({ alerts: { "graph-unavailable": alert } }) => alert !== undefined && isOpen(alert));
}

function formUsed(observed: Observed): Head["connectorStatusForm"] {
  if (observed.kind !== "tenant") return undefined;
  return observed.reads.flatMap((read) => (read.outcome === "read" ? (read.form ?? []) : []))[0];
}

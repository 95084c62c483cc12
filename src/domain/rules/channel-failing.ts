import type { ChannelReading, Reading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges a channel by its own sends: a warning while they fail so often that they are held back, an error when a
 * notification was given up within 24 hours and none delivered since, or when the receiver wants no more. The numbers are
 * ours. As long as nothing is delivered nobody knows that it is well again: after the 24 hours an alert stays as it is.
 *
 * It is told on the other channels: the one that fails could not carry it.
 */
export const channelFailing: Rule = defineRule({
  id: "channel-failing",
  title: "Channel cannot deliver",
  appliesTo: ["channel"],
  watches: isChannel,
  limits: { deadForMs: DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "Whoever relies on this channel alone is not told. A notification is tried for 72 hours and then given up.",
  remedy:
    "Put right what the cause names: the receiver, the address or the key. Then send a test message. What was given up can be " +
    "sent again.",
});

function isChannel(reading: Reading): reading is ChannelReading {
  return reading.kind === "channel";
}

function judge({ reading, nowMs }: JudgeInput<ChannelReading>, { deadForMs = Infinity }: Limits): Evaluation {
  const { offSinceMs, deadAtMs, isOpen, failures } = reading;
  const measured = { unit: "count", count: failures } as const;
  const breach = { verdict: "breach", measured } as const;
  if (offSinceMs !== undefined) return { ...breach, severity: "error", reason: "switched-off" };
  if (deadAtMs !== undefined && nowMs - deadAtMs <= deadForMs)
    return { ...breach, severity: "error", reason: "gave-up" };
  if (isOpen) return { ...breach, severity: "warning", reason: "sends-fail" };
  return deadAtMs !== undefined && failures > 0
    ? { verdict: "unknown", reason: "not-delivered-since" }
    : { verdict: "ok", reason: "not-failing", measured };
}

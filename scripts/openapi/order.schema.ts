import { z } from "zod";
import type { ChannelTestBody, PollRequestBody, ReplayBody } from "../../src/http/contract/orders.ts";
import { bodyOf, literals } from "./body-of.ts";
import { dateTime, tenantId, text } from "./common.schema.ts";

/** The answer of POST v1/deliveries/{id}/replay. */
export const replay = bodyOf<ReplayBody>({ tenantId, notificationId: text }).meta({ id: "Replay" });

/** The answer of POST v1/channels/{name}/test. */
export const channelTest = bodyOf<ChannelTestBody>({
  channel: text,
  outcome: literals<ChannelTestBody["outcome"]>({ delivered: true, failed: true }),
  reason: text.optional().describe("The code of the failure."),
  isRetryable: z.boolean().optional().describe("Whether trying again may help."),
}).meta({ id: "ChannelTest" });

/** The answer of POST v1/polls. */
export const pollRequest = bodyOf<PollRequestBody>({
  tenantId,
  slotDateTime: dateTime.describe("Names the poll in history."),
}).meta({ id: "PollRequest" });

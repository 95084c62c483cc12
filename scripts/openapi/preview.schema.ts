import { z } from "zod";
import { rulesSchema } from "../../src/config/rules.schema.ts";
import { CONNECTION_KINDS } from "../../src/domain/connections/reading.ts";
import type {
  ConnectionPreviewBody,
  PreviewBody,
  PreviewEpisodeBody,
  PreviewOutcomeBody,
  RulePreviewBody,
} from "../../src/http/contract/preview.ts";
import { previewBodySchema } from "../../src/http/preview-body.schema.ts";
import { bodyOf, openWord } from "./body-of.ts";
import { count, dateTime, duration, key, ruleId, severity, tenantId, text } from "./common.schema.ts";

/** The body of POST v1/rules/preview with its rules spelled out. */
export const previewBody = previewBodySchema.extend({ rules: rulesSchema });

const episode = bodyOf<PreviewEpisodeBody>({
  firedDateTime: dateTime,
  resolvedDateTime: dateTime.optional().describe("Absent when it was still open at the end."),
  duration: duration.describe("To the end of the window when it was still open there."),
  severity: severity.describe("The worst that it came to."),
  reason: openWord<NonNullable<PreviewEpisodeBody["reason"]>>().optional().describe("Why it ended."),
});

const outcome = bodyOf<PreviewOutcomeBody>({
  settings: bodyOf<PreviewOutcomeBody["settings"]>({
    enabled: z.boolean(),
    limits: z.record(z.string(), z.union([text, z.number()])).describe("In the names of the configuration."),
    confirmPolls: count,
    recoverPolls: count,
    keepFiring: duration,
  }),
  fired: count.describe("How often it would have fired; what was open before `from` fires there anew."),
  open: duration.describe("How long episodes were open, in all."),
  unknown: duration.describe("How long the rule could not judge, because the connection was not seen."),
  episodes: z.array(episode).describe("Newest first, at most 100."),
}).meta({ id: "PreviewOutcome" });

/** The answer of POST v1/rules/preview. */
export const preview = bodyOf<PreviewBody>({
  tenantId,
  from: dateTime.describe("Inclusive."),
  to: dateTime.describe("Exclusive."),
  snapshots: count.describe("Stored readings that were replayed."),
  value: z.array(
    bodyOf<ConnectionPreviewBody>({
      connectionKey: key,
      connectionKind: z.enum(CONNECTION_KINDS),
      connectionName: text,
      sinceDateTime: dateTime.describe("Since when readings are stored, not before `from`."),
      rules: z.array(bodyOf<RulePreviewBody>({ ruleId, title: text, current: outcome, tried: outcome })),
    }),
  ),
}).meta({
  id: "Preview",
  description: "What settings that are tried would have made of the past, beside those that hold.",
});

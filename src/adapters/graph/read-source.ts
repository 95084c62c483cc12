import type { ConnectorStatusForm, SourceId, SourceRead } from "../../domain/connections/source.ts";
import { defined } from "../../domain/defined.ts";
import type { GraphFailure } from "./graph-call.ts";
import type { PagesOutcome } from "./read-pages.ts";
import { SOURCE_ENDPOINTS, type SourceForm } from "./source-endpoints.ts";

/** Which source to read, and the form of connectorStatus that worked last time. */
export interface WantedSource {
  readonly sourceId: SourceId;
  readonly remembered: ConnectorStatusForm | undefined;
}

/** Reads a source in the first of its forms that Graph knows, beginning with the one that worked last time. */
export async function readSource(
  { sourceId, remembered }: WantedSource,
  readForm: (form: SourceForm) => Promise<PagesOutcome>,
): Promise<SourceRead> {
  const isRemembered = ({ form }: SourceForm): boolean => form !== undefined && form === remembered;
  const forms = SOURCE_ENDPOINTS[sourceId].forms.toSorted((a, b) => Number(isRemembered(b)) - Number(isRemembered(a)));
  let clockSkewMs: number | undefined;
  for (const form of forms) {
    const outcome = await readForm(form);
    ({ clockSkewMs } = outcome);
    if (outcome.kind === "rows") {
      return { sourceId, outcome: "read", rows: outcome.rows, ...defined({ form: form.form, clockSkewMs }) };
    }
    if (outcome.unknownHere !== true) return toFailedRead(sourceId, outcome);
  }
  return { sourceId, outcome: "not-available", reason: "not-found", ...defined({ clockSkewMs }) };
}

function toFailedRead(sourceId: SourceId, { reason, detail, clockSkewMs }: GraphFailure): SourceRead {
  switch (reason) {
    case "unlicensed":
    case "not-found":
    case "not-supported":
      return { sourceId, outcome: "not-available", reason, ...defined({ clockSkewMs }) };
    default:
      return { sourceId, outcome: "unreadable", reason, ...defined({ detail, clockSkewMs }) };
  }
}

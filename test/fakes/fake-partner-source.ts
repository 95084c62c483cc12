import type { SourceId, SourceRead } from "../../src/domain/connections/source.ts";
import type { PartnerSource, SourceRequest } from "../../src/ports/partner-source.ts";

/** Answers a request; sources that it leaves out are read as empty. */
export type PartnerSourceScript = (request: SourceRequest) => readonly SourceRead[];

/** A partner source in memory. */
export interface FakePartnerSource extends PartnerSource {
  /** Plans the answer of the next read of a tenant; several are used up in turn, before the script. */
  readonly queue: (tenantId: string, reads: readonly SourceRead[]) => void;
  /** Replaces the script. */
  readonly setScript: (script: PartnerSourceScript) => void;
  /** All requests so far. */
  readonly requests: readonly SourceRequest[];
}

/**
 * Makes a partner source that gives what is queued for a tenant, else what the script says.
 *
 * Like the real one it answers each source that was asked for, in that order, and names a form for connectorStatus only:
 * the one of the answer, or else the one that was remembered.
 * @default script every source is empty
 */
export function createFakePartnerSource(script: PartnerSourceScript = () => []): FakePartnerSource {
  const requests: SourceRequest[] = [];
  const queues = new Map<string, (readonly SourceRead[])[]>();
  let current = script;
  return {
    requests,
    queue: (tenantId, reads) => {
      queues.set(tenantId, [...(queues.get(tenantId) ?? []), reads]);
    },
    setScript: (next) => {
      current = next;
    },
    read: async (request) => {
      requests.push(request);
      const planned = queues.get(request.tenantId)?.shift() ?? current(request);
      return request.sources.map((id) =>
        completeRead(
          planned.find(({ sourceId }) => sourceId === id),
          id,
          request,
        ),
      );
    },
  };
}

function completeRead(planned: SourceRead | undefined, sourceId: SourceId, request: SourceRequest): SourceRead {
  const read = planned ?? { sourceId, outcome: "read", rows: [] };
  if (read.outcome !== "read" || sourceId !== "connectorStatus") return read;
  return { form: request.connectorStatusForm ?? "property", ...read };
}

import type { ConnectorStatusForm, SourceId, SourceRead } from "../domain/connections/source.ts";

/** Reads the watched Graph collections of one tenant. */
export interface PartnerSource {
  /** Reads all given sources in parallel, one GET each; never throws for what Graph, the network or the identity provider does. */
  readonly read: (request: SourceRequest) => Promise<readonly SourceRead[]>;
}

/** What to read of which tenant. */
export interface SourceRequest {
  readonly tenantId: string;
  readonly sources: readonly SourceId[];
  /** The form of connectorStatus that worked last time. */
  readonly connectorStatusForm?: ConnectorStatusForm;
}

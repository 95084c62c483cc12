const DAY_MS = 86_400_000;

/** The connection key of the partner that is unresponsive; keys are digests of ids. */
export const VMWARE = "065fb023c0cce0095b5c00bd81e419ef";
/** The connection key of the certificate that expires. */
export const APPLE = "494afe55baf9bdd2b6b0c4b2727d042d";
/** The connection key of the partner that is late; one test acknowledges its alert. */
export const KANDJI = "4bd7c8394919e437f8e2157433c796de";
/** The connection key of the partner that is late, and that nobody orders anything for. */
export const HEXNODE = "f42e7c9c63dc96b90d4eb50c3f4c07c7";

/** The connection key of the channel whose receiver is lost. */
export const OLD_DESK = "8e91e3e94e1d9d2c4424dbf6e50f5d8e";

/** Writes the part of the address behind `#` that leads to a connection. */
export function connectionHash(tenantId: string, connectionKey: string): string {
  return `/connection/${tenantId}/${connectionKey}`;
}

/** Names the UTC day before today. */
export function yesterday(): string {
  return new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
}

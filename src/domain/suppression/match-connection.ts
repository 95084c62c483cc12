import { matchesGlob } from "../glob.ts";
import type { SilenceMatch, SilenceSubject } from "./silence.ts";

/** Says whether a matcher fits a connection: all that it names must, an empty one fits any. */
export function matchesConnection(
  { connection, kind }: Pick<SilenceMatch, "connection" | "kind">,
  subject: Pick<SilenceSubject, "connectionId" | "connectionName" | "connectionKind">,
): boolean {
  return (
    (kind === undefined || kind === subject.connectionKind) &&
    (connection === undefined ||
      matchesGlob(connection, subject.connectionId) ||
      matchesGlob(connection, subject.connectionName))
  );
}

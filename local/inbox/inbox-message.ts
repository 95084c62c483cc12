/** One POST that arrived, or one mail, whose path is that of the request that sent it. */
export interface InboxMessage {
  readonly receivedAtIso: string;
  /** With the query. */
  readonly path: string;
  /** In lower case, without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text, cut after 64 KB. */
  readonly body: string;
  readonly isCut: boolean;
}

import { cleanText } from "../text.ts";
import { type Moment, parseInstant } from "../time.ts";
import { isJsonObject, type JsonObject } from "./canonical-json.ts";
import { judgeContactAhead } from "./contact-date.ts";
import { describeValue } from "./describe-value.ts";
import type { DataProblem } from "./reading.ts";

/** What a parser needs to know besides the rows. */
export interface ParseContext {
  /** When the rows came back. */
  readonly observedAtMs: number;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** One raw row being read; what is wrong with it is gathered on the way. */
export interface Row {
  /** Stable id of the row without its kind. */
  readonly id: string;
  readonly fields: JsonObject;
  readonly problems: DataProblem[];
}

/** 2010-01-01T00:00:00Z: an earlier date stands for "never" (0001-01-01 is the default of a .NET date). */
const NEVER_BEFORE_MS = 1_262_304_000_000;

/**
 * Opens raw rows for reading and gives each its id, by `readId` or by its place among the rows that have none.
 *
 * The place, not a digest of the content, because the content moves with every heartbeat: a digest would be a new
 * connection at each poll and leave a missing one behind. So n nameless rows are the same n connections every time.
 */
export function openRows(
  rows: readonly unknown[],
  readId: (fields: JsonObject) => string | undefined,
  idProperty: string,
): readonly Row[] {
  let nameless = 0;
  return rows.map((sent) => {
    const fields = isJsonObject(sent) ? sent : {};
    const id = readId(fields);
    const problems: DataProblem[] = [];
    if (!isJsonObject(sent)) problems.push({ code: "unreadable-row", property: "value", asSent: describeValue(sent) });
    else if (id === undefined) problems.push({ code: "missing-id", property: idProperty });
    return { id: id ?? `unreadable-${++nameless}`, fields, problems };
  });
}

/** Returns an id from outside as it is, or by its digest when it is too long or unfit to show; undefined when it is no id. */
export function toStableId(sent: unknown, { digest }: ParseContext): string | undefined {
  if (typeof sent !== "string" || sent.trim() === "") return undefined;
  return cleanText(sent) === sent ? sent : `digest-${digest(sent)}`;
}

/** Notes each property that Graph promises and did not send. */
export function requireProperties({ fields, problems }: Row, properties: readonly string[]): void {
  for (const property of properties) {
    if (fields[property] === undefined) problems.push({ code: "bad-value", property });
  }
}

/**
 * Reads a date: an instant, `never` for null and anything before 2010, undefined when it was not sent or names no instant.
 *
 * Source: graph.md 3.4; a live capture has 0001-01-01T00:00:00Z on a connector that was never set up.
 */
export function readDate(row: Row, property: string): Moment | "never" | undefined {
  const sent = row.fields[property];
  if (sent === undefined) return undefined;
  if (sent === null) return "never";
  const atMs = typeof sent === "string" ? parseInstant(sent) : undefined;
  if (atMs === undefined) {
    row.problems.push({ code: "bad-date", property, asSent: describeValue(sent) });
    return undefined;
  }
  return atMs < NEVER_BEFORE_MS ? "never" : { atMs, asSent: describeValue(sent) };
}

/** Reads the date of a contact, which cannot lie ahead of the reading. */
export function readContact(row: Row, property: string, observedAtMs: number): Moment | "never" | undefined {
  const date = readDate(row, property);
  if (date === undefined || date === "never") return date;
  const code = judgeContactAhead(date.atMs, observedAtMs);
  if (code !== undefined) row.problems.push({ code, property, asSent: date.asSent });
  return date;
}

/** Reads true or false. */
export function readFlag(row: Row, property: string): boolean | undefined {
  const sent = row.fields[property];
  if (sent === undefined || typeof sent === "boolean") return sent;
  noteBadValue(row, property);
  return undefined;
}

/** Reads a text, cut and cleaned; null and a text without characters are none. */
export function readText(row: Row, property: string): string | undefined {
  const sent = row.fields[property];
  if (typeof sent === "string") return sent.trim() === "" ? undefined : cleanText(sent);
  if (sent !== undefined && sent !== null) noteBadValue(row, property);
  return undefined;
}

/** A member of an open enum: one that we know, or the text as sent, or nothing when none was sent. */
export interface ReadMember<T> {
  readonly known?: T;
  readonly asSent?: string;
}

/** Reads a member of an enum by its name, or by its number, which is its place in `members`. */
export function readMember<T extends string>(row: Row, property: string, members: readonly T[]): ReadMember<T> {
  const sent = row.fields[property];
  if (sent === undefined) return {};
  if (sent === null) {
    noteBadValue(row, property);
    return {};
  }
  const known = typeof sent === "number" ? members[sent] : members.find((member) => member === sent);
  if (known !== undefined) return { known };
  const asSent = describeValue(sent);
  row.problems.push({ code: "unknown-enum", property, asSent });
  return { asSent };
}

/** Notes a property whose value is of the wrong type. */
export function noteBadValue({ fields, problems }: Row, property: string): void {
  problems.push({ code: "bad-value", property, asSent: describeValue(fields[property]) });
}

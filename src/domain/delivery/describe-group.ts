import { SEVERITIES, type Severity } from "../rules/rule.ts";
import { sayDate, sayDuration } from "../words.ts";
import { latenessOf, lengthOf } from "./describe-change.ts";
import { sinceMsOf } from "./describe-facts.ts";
import { describeHeadline, hasRecovered, type Tone, toTitlePart } from "./describe-headline.ts";
import { type LabelledText, type MessageText, type NotificationLinks, nameLinks } from "./describe-notification.ts";
import type { NotificationFacts } from "./notification.ts";

/** One notification of a group. */
export interface GroupedNotification {
  readonly facts: NotificationFacts;
  readonly isFirstNotice: boolean;
  readonly sentAtMs: number;
}

/** What the words depend on beside the notifications. */
export interface GroupContext {
  /** The others are counted only. */
  readonly maxLines: number;
  /** Where the whole tenant is shown. */
  readonly links: NotificationLinks;
}

type Noun = readonly [one: string, several: string];

const GRAVEST_FIRST = SEVERITIES.toReversed();

const SEVERITY_NOUNS: Readonly<Record<Severity, Noun>> = {
  critical: ["critical", "critical"],
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  info: ["info", "info"],
};

/** Puts several notifications of one tenant into one message: how many of what, then one line each, open alerts first. */
export function describeGroup(group: readonly GroupedNotification[], context: GroupContext): MessageText {
  const ordered = group.toSorted((a, b) => Number(isOver(a.facts)) - Number(isOver(b.facts)));
  const hidden = Math.max(0, group.length - context.maxLines);
  return {
    tone: toneOf(group),
    title: titleOf(group),
    summary: "",
    remarks: remarksOn(group),
    lines: ordered.slice(0, context.maxLines).map(toLine),
    ...(hidden === 0 ? {} : { closing: `and ${hidden} more` }),
    links: nameLinks(context.links),
  };
}

function titleOf(group: readonly GroupedNotification[]): string {
  const [tenantName = ""] = group.map(({ facts }) => facts.tenantName);
  const open = GRAVEST_FIRST.map((severity) =>
    count(group, SEVERITY_NOUNS[severity], (facts) => isOpen(facts) && facts.severity === severity),
  );
  const parts = [
    open.filter((text) => text !== "").join(", "),
    count(group, ["unstable", "unstable"], ({ kind }) => kind === "flapping"),
    count(group, ["resolved", "resolved"], (facts) => isOver(facts) && hasRecovered(facts)),
    count(group, ["closed", "closed"], (facts) => isOver(facts) && !hasRecovered(facts)),
  ];
  return `${group.length} alerts of ${toTitlePart(tenantName)}: ${parts.filter((text) => text !== "").join("; ")}`;
}

function count(
  group: readonly GroupedNotification[],
  [one, several]: Noun,
  isMeant: (facts: NotificationFacts) => boolean,
): string {
  const found = group.filter(({ facts }) => isMeant(facts)).length;
  return found === 0 ? "" : `${found} ${found === 1 ? one : several}`;
}

function toLine({ facts, isFirstNotice }: GroupedNotification): LabelledText {
  const { word, text } = describeHeadline(facts, isFirstNotice);
  return { label: word, text: `${text}${timeOf(facts)}` };
}

function timeOf(facts: NotificationFacts): string {
  if (facts.kind === "flapping") return "";
  return isOver(facts) ? `, after ${lengthOf(facts)}` : `, since ${sayDate(sinceMsOf(facts))}`;
}

function remarksOn(group: readonly GroupedNotification[]): readonly string[] {
  const lateMs = Math.max(0, ...group.map(({ facts, sentAtMs }) => latenessOf(facts, sentAtMs)));
  const remarks = [];
  if (group.some(({ isFirstNotice }) => isFirstNotice)) {
    remarks.push("Earlier messages about some of these alerts did not reach this channel.");
  }
  if (lateMs > 0) remarks.push(`This message comes up to ${sayDuration(lateMs)} after the readings it tells of.`);
  return remarks;
}

/** The gravest of what is open; else that all is well, if it is. */
function toneOf(group: readonly GroupedNotification[]): Tone {
  const gravest = GRAVEST_FIRST.find((severity) =>
    group.some(({ facts }) => isOpen(facts) && facts.severity === severity),
  );
  return gravest ?? (group.every(({ facts }) => isOver(facts) && hasRecovered(facts)) ? "good" : "neutral");
}

function isOver({ kind }: NotificationFacts): boolean {
  return kind === "resolved";
}

function isOpen({ kind }: NotificationFacts): boolean {
  return kind !== "resolved" && kind !== "flapping";
}

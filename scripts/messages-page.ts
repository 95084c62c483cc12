import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createLogNotifier } from "../src/adapters/channels/create-log-notifier.ts";
import { describeTest } from "../src/adapters/channels/test-message.ts";
import { type AdaptiveCard, toAdaptiveCard } from "../src/adapters/channels/to-adaptive-card.ts";
import { toAzureMonitorAlert, toAzureMonitorTest } from "../src/adapters/channels/to-azure-monitor-alert.ts";
import { toCloudEvent, toTestEvent } from "../src/adapters/channels/to-cloud-event.ts";
import { type MailMessage, toMailMessage } from "../src/adapters/channels/to-mail-message.ts";
import { toPagerdutyEvent, toPagerdutyTest } from "../src/adapters/channels/to-pagerduty-event.ts";
import { type SlackMessage, toSlackMessage } from "../src/adapters/channels/to-slack-message.ts";
import { describeGroup } from "../src/domain/delivery/describe-group.ts";
import {
  describeNotification,
  type MessageText,
  type NotificationLinks,
} from "../src/domain/delivery/describe-notification.ts";
import { type LinkedSubject, linkNotification } from "../src/domain/delivery/link-notification.ts";
import type { NotificationKind } from "../src/domain/delivery/notification.ts";
import type { Notifier, OutgoingNotification } from "../src/ports/notifier.ts";
import type { TelemetryFields } from "../src/ports/telemetry.ts";
import { sampleGroup, sampleNotifications } from "./sample-notifications.ts";

/** How one channel shows what it is told. */
interface Sample {
  readonly channel: string;
  readonly title: string;
  readonly introduction: string;
  readonly language: "text" | "json";
  /** What is never told here is left out. */
  readonly kinds: readonly NotificationKind[];
  readonly show: (notification: OutgoingNotification, links: NotificationLinks) => string;
  readonly showGroup?: (group: MessageText) => string;
  readonly showTest: (channel: string, sentAtMs: number) => string;
}

const PAGE = path.resolve(import.meta.dirname, "../docs/messages.md");

/** What every channel starts with, before anything must be cut. */
const MAX_TEXT_CHARS = 4_000;

const INTRODUCTION = `# Messages

Made by the code that makes the messages, by \`npm run docs\`: do not edit this page.

What each channel tells, one message of each kind: a device management partner falls silent on 18 November 2026 and Intune
sets dates for its devices; the silence becomes a warning, then an error, of which a reminder is sent a day later; then the
partner is back. Intune moves the date of another one later, and a third one is unstable. Webhooks and PagerDuty keep one
incident for each alert: they hear of every fall in severity, and never of what is unstable without being an alert. Chat and
mail get one message for all that is due of a tenant, with up to twenty lines, here cut after three. Every channel can be sent
a test. All times are UTC.
`;

const AS_EVENT = "the `data` of the CloudEvent above";

const EPISODE = ["fired", "escalated", "reminder", "deescalated", "resolved"] as const;

const TO_PEOPLE = { language: "text", kinds: [...EPISODE, "flapping"] } as const;
const TO_MACHINES = { language: "json", kinds: EPISODE } as const;

const SAMPLES: readonly Sample[] = [
  {
    ...TO_PEOPLE,
    channel: "ops",
    title: "`teams`",
    introduction: "A card; the colour of its head repeats the first word. Links are buttons.",
    ...inWords((text) => showCard(toAdaptiveCard(text, MAX_TEXT_CHARS))),
  },
  {
    ...TO_PEOPLE,
    channel: "chat",
    title: "`slack`",
    introduction:
      "A header, why it comes now, one line a fact, and links. Push messages and screen readers give the first two.",
    ...inWords((text) => showBlocks(toSlackMessage(text, MAX_TEXT_CHARS))),
  },
  {
    ...TO_PEOPLE,
    channel: "mail",
    title: "`email`",
    introduction: "The subject, then the text of the HTML body. A mail about a critical alert is of high importance.",
    ...inWords((text) => showMail(toMailMessage({ id: "", text }, [], MAX_TEXT_CHARS))),
  },
  {
    ...TO_MACHINES,
    channel: "siem",
    title: "`webhook`, `cloudevents`",
    introduction: "Signed in its headers as Standard Webhooks says; `webhook-id` is the event's `id`.",
    show: (notification, links) => showJson(toCloudEvent(notification, links, MAX_TEXT_CHARS)),
    showTest: (channel, sentAtMs) => showJson(toTestEvent(channel, sentAtMs)),
  },
  {
    ...TO_MACHINES,
    channel: "itsm",
    title: "`webhook`, `azure-monitor`",
    introduction: `Signed in the same way. \`alertContext\` is ${AS_EVENT}. A test is over from the start, so that nothing is opened for it.`,
    show: (notification, links) => {
      const { schemaId, data } = toAzureMonitorAlert(notification, links, MAX_TEXT_CHARS);
      return showJson({ schemaId, data: { ...data, alertContext: "…" } });
    },
    showTest: (channel, sentAtMs) => showJson(toAzureMonitorTest(channel, sentAtMs)).replace("{}", '"…"'),
  },
  {
    ...TO_MACHINES,
    channel: "pager",
    title: "`pagerduty`",
    introduction: `The summary is the alert's title and what is read out. The routing key is left out here; \`custom_details\` is ${AS_EVENT}. A test triggers this incident and resolves it at once.`,
    show: (notification, links) => {
      const event = toPagerdutyEvent(notification, links, MAX_TEXT_CHARS);
      return showJson({ ...event, payload: { ...event.payload, custom_details: "…" } });
    },
    showTest: (channel, sentAtMs) => showJson(toPagerdutyTest("trigger", channel, sentAtMs)),
  },
  {
    ...TO_MACHINES,
    kinds: TO_PEOPLE.kinds,
    channel: "log",
    title: "`log`",
    introduction:
      "The fields of the event `Notification`, or `NotificationTest`, in the log and in Application Insights.",
    show: (notification, links) => showJson(recordOf(links, (log) => log.send([notification]))),
    showTest: (_channel, sentAtMs) => showJson(recordOf({}, (log) => log.sendTest(sentAtMs))),
  },
];

/** Renders the page of what each channel says as Markdown. */
export function renderMessagesPage(): string {
  return [INTRODUCTION, ...SAMPLES.map(renderSample)].join("\n");
}

function renderSample(sample: Sample): string {
  const { channel, title, introduction, language, kinds, show, showGroup, showTest } = sample;
  const notifications = sampleNotifications(channel);
  const section = (name: string, text: string): string =>
    `### ${title}: ${name}\n\n\`\`\`${language}\n${text}\n\`\`\`\n`;
  const parts = kinds.map((kind) => section(kind, show(notifications[kind], linksOf(notifications[kind].facts))));
  if (showGroup !== undefined) {
    const group = sampleGroup(channel);
    const links = linksOf({ tenantId: notifications.fired.facts.tenantId });
    parts.push(section("several at once", showGroup(describeGroup(group, { maxLines: 3, links }))));
  }
  const test = section("test", showTest(channel, notifications.fired.sentAtMs));
  return [`## ${title}\n`, `${introduction}\n`, ...parts, test].join("\n");
}

/** Shows everything that a channel of chat or mail is told in the one way in which it shows words. */
function inWords(show: (text: MessageText) => string): Pick<Sample, "show" | "showGroup" | "showTest"> {
  return {
    show: ({ facts, ...context }, links) => show(describeNotification(facts, { ...context, links })),
    showGroup: show,
    showTest: (channel, sentAtMs) => show(describeTest(channel, sentAtMs)),
  };
}

function linksOf(subject: LinkedSubject): NotificationLinks {
  return linkNotification(subject, { portalUrl: "https://intune.microsoft.com", publicUrl: "https://monitor.example" });
}

function showCard({ body, actions }: AdaptiveCard): string {
  const blocks = body.flatMap((part) => (part.type === "Container" ? [...part.items, undefined] : [part]));
  const lines = blocks.map((block) => block?.inlines.map(({ text }) => text).join("") ?? "");
  const buttons = actions.map(({ title }) => `[ ${title} ]`).join("  ");
  return [...lines, ...(buttons === "" ? [] : ["", buttons])].join("\n");
}

function showBlocks({ blocks }: SlackMessage): string {
  const texts = blocks.map((block) =>
    block.type === "rich_text" ? block.elements[0].elements.map(({ text }) => text).join("") : block.text.text,
  );
  return texts.join("\n\n");
}

/** Keeps of the HTML what is read: each table row and paragraph as a line. */
function showMail({ message }: MailMessage): string {
  const text = message.body.content
    .replaceAll("</td><td", ": <td")
    .replaceAll(/<\/?[^>]*>/g, "")
    .replaceAll(/\n{2,}/g, "\n\n");
  return `Subject: ${message.subject}\n\n${unescapeHtml(text).trim()}`;
}

function unescapeHtml(text: string): string {
  return text.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function showJson(value: object): string {
  return JSON.stringify(value, undefined, 2);
}

function ignore(): void {}

/** Returns the fields that the log records. */
function recordOf(links: NotificationLinks, send: (log: Notifier) => unknown): TelemetryFields {
  const recorded: TelemetryFields[] = [];
  const telemetry = {
    event: (_name: string, fields: TelemetryFields) => void recorded.push(fields),
    dependency: ignore,
    exception: ignore,
    metric: ignore,
  };
  void send(createLogNotifier("log", { telemetry, clock: { nowMs: () => 0 }, linksOf: () => links }));
  return recorded[0] ?? {};
}

if (import.meta.main) await writeFile(PAGE, renderMessagesPage());

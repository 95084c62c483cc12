import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createLogNotifier } from "../src/adapters/channels/create-log-notifier.ts";
import { type AdaptiveCard, toAdaptiveCard } from "../src/adapters/channels/to-adaptive-card.ts";
import { toAzureMonitorAlert } from "../src/adapters/channels/to-azure-monitor-alert.ts";
import { toCloudEvent } from "../src/adapters/channels/to-cloud-event.ts";
import { toPagerdutyEvent } from "../src/adapters/channels/to-pagerduty-event.ts";
import { type SlackMessage, toSlackMessage } from "../src/adapters/channels/to-slack-message.ts";
import type { NotificationLinks } from "../src/domain/delivery/describe-notification.ts";
import { linkNotification } from "../src/domain/delivery/link-notification.ts";
import type { NotificationFacts } from "../src/domain/delivery/notification.ts";
import type { OutgoingNotification } from "../src/ports/notifier.ts";
import type { TelemetryFields } from "../src/ports/telemetry.ts";
import { sampleNotifications } from "./sample-notifications.ts";

/** One way in which a notification is shown. */
interface Sample {
  readonly channel: string;
  readonly title: string;
  readonly introduction: string;
  readonly language: "text" | "json";
  readonly show: (notification: OutgoingNotification, links: NotificationLinks) => string;
}

const PAGE = path.resolve(import.meta.dirname, "../docs/messages.md");

/** What every channel starts with, before anything must be cut. */
const MAX_TEXT_CHARS = 4_000;

const INTRODUCTION = `# Messages

Made by the code that makes the messages, by \`npm run docs\`: do not edit this page.

One episode as each channel tells it: a device management partner falls silent on 18 November 2026 and Intune sets dates for
its devices; the silence becomes a warning, then an error; then the partner is back. All times are UTC.
`;

const AS_EVENT = "the `data` of the CloudEvent above";

const SAMPLES: readonly Sample[] = [
  {
    channel: "ops",
    title: "`teams`",
    introduction: "A card; the colour of its head repeats the first word. Links are buttons.",
    language: "text",
    show: (notification, links) => showCard(toAdaptiveCard(notification, links, MAX_TEXT_CHARS)),
  },
  {
    channel: "chat",
    title: "`slack`",
    introduction:
      "A header, why it comes now, one line a fact, and links. Push messages and screen readers give the first two.",
    language: "text",
    show: (notification, links) => showBlocks(toSlackMessage(notification, links, MAX_TEXT_CHARS)),
  },
  {
    channel: "siem",
    title: "`webhook`, `cloudevents`",
    introduction: "Signed in its headers as Standard Webhooks says; `webhook-id` is the event's `id`.",
    language: "json",
    show: (notification, links) => showJson(toCloudEvent(notification, links, MAX_TEXT_CHARS)),
  },
  {
    channel: "itsm",
    title: "`webhook`, `azure-monitor`",
    introduction: `Signed in the same way. \`alertContext\` is ${AS_EVENT}.`,
    language: "json",
    show: (notification, links) => {
      const { schemaId, data } = toAzureMonitorAlert(notification, links, MAX_TEXT_CHARS);
      return showJson({ schemaId, data: { ...data, alertContext: "…" } });
    },
  },
  {
    channel: "pager",
    title: "`pagerduty`",
    introduction: `The summary is the alert's title and what is read out. The routing key is left out here; \`custom_details\` is ${AS_EVENT}.`,
    language: "json",
    show: (notification, links) => {
      const event = toPagerdutyEvent(notification, links, MAX_TEXT_CHARS);
      return showJson({ ...event, payload: { ...event.payload, custom_details: "…" } });
    },
  },
  {
    channel: "log",
    title: "`log`",
    introduction: "The fields of the event `Notification`, in the log and in Application Insights.",
    language: "json",
    show: (notification, links) => showJson(fieldsOf(notification, links)),
  },
];

/** Renders the page of what each channel says as Markdown. */
export function renderMessagesPage(): string {
  return [INTRODUCTION, ...SAMPLES.map(renderSample)].join("\n");
}

function renderSample({ channel, title, introduction, language, show }: Sample): string {
  const parts = Object.values(sampleNotifications(channel)).map((notification: OutgoingNotification) => {
    const { facts } = notification;
    return `### ${title}: ${facts.kind}\n\n\`\`\`${language}\n${show(notification, linksOf(facts))}\n\`\`\`\n`;
  });
  return [`## ${title}\n`, `${introduction}\n`, ...parts].join("\n");
}

function linksOf(facts: NotificationFacts): NotificationLinks {
  return linkNotification(facts, { portalUrl: "https://intune.microsoft.com", publicUrl: "https://monitor.example" });
}

function showCard({ body, actions }: AdaptiveCard): string {
  const blocks = body.flatMap((part) => (part.type === "Container" ? [...part.items, undefined] : [part]));
  const lines = blocks.map((block) => block?.inlines.map(({ text }) => text).join("") ?? "");
  return [...lines, "", actions.map(({ title }) => `[ ${title} ]`).join("  ")].join("\n");
}

function showBlocks({ blocks }: SlackMessage): string {
  const texts = blocks.map((block) =>
    block.type === "rich_text" ? block.elements[0].elements.map(({ text }) => text).join("") : block.text.text,
  );
  return texts.join("\n\n");
}

function showJson(value: object): string {
  return JSON.stringify(value, undefined, 2);
}

function ignore(): void {}

function fieldsOf(notification: OutgoingNotification, links: NotificationLinks): TelemetryFields {
  const recorded: TelemetryFields[] = [];
  const telemetry = {
    event: (_name: string, fields: TelemetryFields) => void recorded.push(fields),
    dependency: ignore,
    exception: ignore,
    metric: ignore,
  };
  const deps = { telemetry, clock: { nowMs: () => notification.sentAtMs }, linksOf: () => links };
  void createLogNotifier("log", deps).send(notification);
  return recorded[0] ?? {};
}

if (import.meta.main) await writeFile(PAGE, renderMessagesPage());

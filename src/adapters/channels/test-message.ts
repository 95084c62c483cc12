import type { MessageText } from "../../domain/delivery/describe-notification.ts";
import { sayDate } from "../../domain/words.ts";

/** What a test message says in one line, in every channel. */
export const TEST_TITLE = "Test message of intune-partner-monitor, nothing is wrong";

/** What it says beside that. */
export const TEST_SUMMARY = "This channel can be reached. Nobody needs to do anything.";

/** Puts a test into the words of chat and mail. */
export function describeTest(channel: string, sentAtMs: number): MessageText {
  return {
    tone: "info",
    title: TEST_TITLE,
    summary: TEST_SUMMARY,
    remarks: [],
    lines: [
      { label: "Channel", text: channel },
      { label: "Sent", text: sayDate(sentAtMs) },
    ],
    links: [],
  };
}

/** Names a test message; no notification has such an id. */
export function testId(channel: string, sentAtMs: number): string {
  return `test.${sentAtMs}.${channel}`;
}

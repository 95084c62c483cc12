import { describe } from "vitest";
import { describeChannelHealthStore } from "./channel-health-store.contract.ts";
import { describeDeadLetters } from "./dead-letters.contract.ts";
import { describeHistoryStore } from "./history-store.contract.ts";
import { describeMonitorStore } from "./monitor-store.contract.ts";
import { describeOperatorStore } from "./operator-store.contract.ts";
import { describeOutbox } from "./outbox.contract.ts";
import { describeOverviewStore } from "./overview-store.contract.ts";
import { openFakeStorage } from "./storage-under-test.ts";
import { describeSuppressionStore } from "./suppression-store.contract.ts";

describe("createFakeMonitorStore()", () => {
  describeMonitorStore(openFakeStorage);
});

describe("createFakeOverviewStore()", () => {
  describeOverviewStore(openFakeStorage);
});

describe("createFakeHistoryStore()", () => {
  describeHistoryStore(openFakeStorage);
});

describe("createFakeOutbox()", () => {
  describeOutbox(openFakeStorage);
});

describe("createFakeSuppressionStore()", () => {
  describeSuppressionStore(openFakeStorage);
});

describe("createFakeChannelHealthStore()", () => {
  describeChannelHealthStore(openFakeStorage);
});

describe("createFakeDeadLetters()", () => {
  describeDeadLetters(openFakeStorage);
});

describe("createFakeOperatorStore()", () => {
  describeOperatorStore(openFakeStorage);
});

import { describe } from "vitest";
import { describeHistoryStore } from "./history-store.contract.ts";
import { describeMonitorStore } from "./monitor-store.contract.ts";
import { describeOutbox } from "./outbox.contract.ts";
import { describeOverviewStore } from "./overview-store.contract.ts";
import { openFakeStorage } from "./storage-under-test.ts";

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

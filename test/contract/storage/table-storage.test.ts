import { afterAll, beforeAll, describe } from "vitest";
import { type Azurite, startAzurite } from "../../../local/storage/start-azurite.ts";
import { describeChannelHealthStore } from "./channel-health-store.contract.ts";
import { describeDeadLetters } from "./dead-letters.contract.ts";
import { describeHistoryStore } from "./history-store.contract.ts";
import { describeMonitorStore } from "./monitor-store.contract.ts";
import { describeOperatorStore } from "./operator-store.contract.ts";
import { describeOutbox } from "./outbox.contract.ts";
import { describeOverviewStore } from "./overview-store.contract.ts";
import { openTableStorage } from "./storage-under-test.ts";
import { describeSuppressionStore } from "./suppression-store.contract.ts";

let azurite: Azurite;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.stop();
});

const open = () => openTableStorage(azurite.connectionString);

describe("createTableMonitorStore()", () => {
  describeMonitorStore(open);
});

describe("createTableOverviewStore()", () => {
  describeOverviewStore(open);
});

describe("createTableHistoryStore()", () => {
  describeHistoryStore(open);
});

describe("createTableOutbox()", () => {
  describeOutbox(open);
});

describe("createTableSuppressionStore()", () => {
  describeSuppressionStore(open);
});

describe("createTableChannelHealthStore()", () => {
  describeChannelHealthStore(open);
});

describe("createTableDeadLetters()", () => {
  describeDeadLetters(open);
});

describe("createTableOperatorStore()", () => {
  describeOperatorStore(open);
});

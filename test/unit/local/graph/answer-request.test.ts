import { beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../../../local/graph/answer.ts";
import { answerRequest } from "../../../../local/graph/answer-request.ts";
import { createFaultBoard } from "../../../../local/graph/fault-board.ts";
import { type Behaviour, DEFAULT_BEHAVIOUR } from "../../../../local/graph/resources.ts";
import type { SentMail } from "../../../../local/graph/send-mail.ts";
import type { TokenVerdict } from "../../../../local/graph/tokens.ts";
import { durationMs } from "../../../../local/scenarios/duration.ts";
import { defineScenario } from "../../../../local/scenarios/load-scenario.ts";

const ZERO_MS = Date.UTC(2026, 6, 1);
const LICENSED = "00000000-0000-4000-8000-0000000000a1";
const UNLICENSED = "00000000-0000-4000-8000-0000000000c1";
const PARTNERS = "/v1.0/deviceManagement/deviceManagementPartners";
const CONNECTORS = "/beta/deviceManagement/connectorStatus";
const SERVICE = "DeviceManagementServiceConfig.Read.All";
const CONFIGURATION = "DeviceManagementConfiguration.Read.All";

const scenario = defineScenario({
  name: "test",
  title: "test",
  tenants: [
    {
      id: LICENSED,
      name: "Contoso (simulated)",
      connections: [
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-000000001001",
          name: "Bridge",
          timeline: [{ at: "PT0S", do: "beat", every: "PT4H" }],
        },
      ],
      faults: [{ source: "connectorStatus", from: "P1D", to: "P2D", fault: { kind: "not-found" } }],
    },
    { id: UNLICENSED, name: "Northwind (simulated)", licensed: false },
  ],
});

const SEND_MAIL = "/v1.0/users/it%40contoso.example/sendMail";
const MAIL = JSON.stringify({
  message: {
    subject: "Alert",
    body: { contentType: "HTML", content: "<p>" },
    toRecipients: [{ emailAddress: { address: "ops@contoso.example" } }],
  },
});
const mails: SentMail[] = [];

beforeEach(() => {
  mails.length = 0;
});

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly at?: string;
  readonly token?: TokenVerdict;
  readonly roles?: readonly string[];
  readonly tenantId?: string;
  readonly behaviour?: Partial<Behaviour>;
}

function answerTo(ask: Ask, faults = createFaultBoard()): Answer {
  const { path = PARTNERS, method = "GET", at = "PT5H", roles = [SERVICE, CONFIGURATION], tenantId = LICENSED } = ask;
  const { token = { kind: "valid", tenantId, roles } } = ask;
  const trace = { requestId: "request", clientRequestId: "client", nowMs: ZERO_MS + durationMs(at) };
  const url = new URL(path, "http://127.0.0.1:7071");
  const behaviour = { ...DEFAULT_BEHAVIOUR, ...ask.behaviour };
  const world = { scenario, zeroMs: ZERO_MS, faults, behaviour, deliver: (mail: SentMail) => void mails.push(mail) };
  return answerRequest({ method, url, token, trace, body: MAIL }, world);
}

/** The status, for a good answer 200. */
function statusOf(answer: Answer): number | undefined {
  return answer.kind === "reply" ? answer.status : 200;
}

describe("answerRequest()", () => {
  it("shows the rows of the virtual time", () => {
    expect(answerTo({ at: "PT9H" })).toMatchObject({
      kind: "payload",
      payload: { value: [{ displayName: "Bridge", lastHeartbeatDateTime: "2026-07-01T08:00:00Z" }] },
    });
  });

  it.each([
    { what: "a bad token", ask: { token: { kind: "invalid", message: "no" } }, status: 401 },
    { what: "a tenant of another scenario", ask: { tenantId: "other" }, status: 401 },
    {
      what: "a bad token for a write",
      ask: { token: { kind: "invalid", message: "no" }, method: "POST" },
      status: 401,
    },
    { what: "an unknown path", ask: { path: "/v1.0/deviceManagement/connectorStatus" }, status: 400 },
    { what: "a tenant without Intune", ask: { tenantId: UNLICENSED }, status: 400 },
    { what: "a tenant without Intune, whatever its roles", ask: { tenantId: UNLICENSED, roles: [] }, status: 400 },
    { what: "no role", ask: { roles: [] }, status: 403 },
    { what: "no role that counts", ask: { roles: ["DeviceManagementManagedDevices.Read.All"] }, status: 403 },
    { what: "SC on partners", ask: { roles: [SERVICE] }, status: 200 },
    { what: "CF on partners", ask: { roles: [CONFIGURATION] }, status: 200 },
    { what: "SC on connectorStatus", ask: { path: CONNECTORS, roles: [SERVICE] }, status: 403 },
    { what: "CF on connectorStatus", ask: { path: CONNECTORS, roles: [CONFIGURATION] }, status: 200 },
    {
      what: "SC on connectorStatus by the other rule",
      ask: { path: CONNECTORS, roles: [SERVICE], behaviour: { connectorStatusRule: "any-intune-read" } },
      status: 200,
    },
    { what: "a fault of the scenario", ask: { path: CONNECTORS, at: "P1D" }, status: 404 },
    { what: "a fault of the scenario before roles", ask: { path: CONNECTORS, at: "P1D", roles: [] }, status: 404 },
    { what: "that fault in another source", ask: { at: "P1D" }, status: 200 },
    { what: "that fault, over", ask: { path: CONNECTORS, at: "P2D" }, status: 200 },
  ] satisfies readonly { what: string; ask: Ask; status: number }[])(
    "answers $what with $status",
    ({ ask, status }) => {
      expect(statusOf(answerTo(ask))).toBe(status);
    },
  );

  it("names the wanted scopes, or says that the token has no role", () => {
    expect(answerTo({ path: CONNECTORS, roles: [SERVICE] })).toMatchObject({
      body: expect.stringContaining(`scopes: ${CONFIGURATION}, `),
    });
    expect(answerTo({ roles: [] })).toMatchObject({
      body: expect.stringContaining("does not have application permissions configured"),
    });
  });

  it.each([
    { method: "POST", path: `${PARTNERS}/x/terminate`, roles: [SERVICE], status: 204 },
    { method: "POST", path: `${PARTNERS}/x/terminate`, roles: [], status: 403 },
    { method: "PATCH", path: `${PARTNERS}/x`, roles: [SERVICE, CONFIGURATION], status: 403 },
    { method: "POST", path: "/v1.0/$batch", roles: [SERVICE, CONFIGURATION], status: 403 },
    { method: "DELETE", path: `${PARTNERS}/x`, roles: ["DeviceManagementServiceConfig.ReadWrite.All"], status: 204 },
  ])("answers $method $path with $status", ({ status, ...ask }) => {
    expect(statusOf(answerTo(ask))).toBe(status);
  });

  it("takes mail, of a tenant without Intune too", () => {
    const answers = [LICENSED, UNLICENSED].map((tenantId) =>
      answerTo({ method: "POST", path: SEND_MAIL, roles: ["Mail.Send"], tenantId }),
    );

    expect(answers.map(statusOf)).toEqual([202, 202]);
    expect(mails).toEqual([
      { path: SEND_MAIL, body: MAIL },
      { path: SEND_MAIL, body: MAIL },
    ]);
  });

  it("lets a fault of mail befall mail alone, and one of all places mail too", () => {
    const faults = createFaultBoard();
    const ask = { method: "POST", path: SEND_MAIL, roles: ["Mail.Send", SERVICE] };
    faults.set(undefined, "sendMail", { kind: "throttled", times: 1 });
    const alone = [answerTo({ roles: [SERVICE] }, faults), answerTo(ask, faults)];
    faults.set(undefined, "*", { kind: "reset" });
    const all = answerTo(ask, faults);

    expect(alone.map(statusOf)).toEqual([200, 429]);
    expect(all).toEqual({ kind: "reset" });
    expect(mails).toEqual([]);
  });

  it("applies a fault by hand, to a page behind a link as well", () => {
    const faults = createFaultBoard();
    faults.set(LICENSED, "deviceManagementPartners", { kind: "paging", mode: "empty-page", times: 1 });
    const first = answerTo({}, faults);
    const link = first.kind === "payload" ? String(first.payload["@odata.nextLink"]) : "";

    const second = answerTo({ path: link }, faults);
    faults.set(undefined, "*", { kind: "reset" });
    const third = answerTo({ path: link }, faults);

    expect(first).toMatchObject({ payload: { value: [] } });
    expect(second).toMatchObject({ payload: { value: [{ displayName: "Bridge" }] } });
    expect(third).toEqual({ kind: "reset" });
  });
});

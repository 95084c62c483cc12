import { describe, expect, it } from "vitest";
import { answerSendMail, isSendMail, type SentMail } from "../../../../local/graph/send-mail.ts";

const PATH = "/v1.0/users/it%40contoso.example/sendMail";
const TRACE = { requestId: "request", clientRequestId: "client", nowMs: Date.UTC(2026, 6, 1) };

function aMail(changes: Readonly<Record<string, unknown>> = {}): string {
  const message = {
    subject: "Alert",
    body: { contentType: "HTML", content: "<p>" },
    toRecipients: [{ emailAddress: { address: "ops@contoso.example" } }],
    ...changes,
  };
  return JSON.stringify({ message, saveToSentItems: false });
}

function answerTo(body: string, roles: readonly string[] = ["Mail.Send"]) {
  const taken: SentMail[] = [];
  const answer = answerSendMail({ path: PATH, body, trace: TRACE }, roles, (mail) => taken.push(mail));
  return { answer, taken };
}

describe("isSendMail()", () => {
  it.each([
    { method: "POST", path: PATH, want: true },
    { method: "POST", path: "/v1.0/users/00000000-0000-4000-8000-0000000000a1/sendMail", want: true },
    { method: "GET", path: PATH, want: false },
    { method: "POST", path: `${PATH}?x=1`, want: false },
    { method: "POST", path: `${PATH}/`, want: false },
    { method: "POST", path: PATH.replace("v1.0", "beta"), want: false },
    { method: "POST", path: "/v1.0/users//sendMail", want: false },
    { method: "POST", path: "/v1.0/users/a/b/sendMail", want: false },
    { method: "POST", path: "/v1.0/users/a/messages", want: false },
    { method: "POST", path: "/v1.0/me/sendMail", want: false },
  ])("says of $method $path: $want", ({ method, path, want }) => {
    expect(isSendMail(method, path)).toBe(want);
  });
});

describe("answerSendMail()", () => {
  it("takes a mail and answers 202 without a body", () => {
    const { answer, taken } = answerTo(aMail());

    expect(answer).toEqual({ kind: "reply", status: 202, body: "", headers: {} });
    expect(taken).toEqual([{ path: PATH, body: aMail() }]);
  });

  it.each([
    { what: "no role", body: aMail(), roles: [], status: 403, code: "ErrorAccessDenied" },
    {
      what: "another role",
      body: aMail(),
      roles: ["DeviceManagementServiceConfig.Read.All"],
      status: 403,
      code: "ErrorAccessDenied",
    },
    { what: "no JSON", body: "<mail>", roles: ["Mail.Send"], status: 400, code: "BadRequest" },
    { what: "no message", body: "{}", roles: ["Mail.Send"], status: 400, code: "BadRequest" },
    {
      what: "nobody to send to",
      body: aMail({ toRecipients: [] }),
      roles: ["Mail.Send"],
      status: 400,
      code: "BadRequest",
    },
    {
      what: "an address that is none",
      body: aMail({ toRecipients: [{ emailAddress: { address: "ops" } }] }),
      roles: ["Mail.Send"],
      status: 400,
      code: "BadRequest",
    },
  ])("refuses $what with $status and takes nothing", ({ body, roles, status, code }) => {
    const { answer, taken } = answerTo(body, roles);

    expect(answer).toMatchObject({ status, body: expect.stringContaining(code) });
    expect(taken).toEqual([]);
  });
});

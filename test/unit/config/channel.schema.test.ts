import { describe, expect, it } from "vitest";
import { channelName, channelSchema } from "../../../src/config/channel.schema.ts";
import { CLIENT_ID, SIGNING_SECRET, TENANT_ID } from "./config-builders.ts";

const schema = channelSchema({
  URL: "https://receiver.example/hook?sig=1",
  LOOPBACK: "http://127.0.0.1:8080/inbox",
  PLAIN: "http://receiver.example/hook",
  NO_URL: "receiver",
  SECRET: SIGNING_SECRET,
  NEXT_SECRET: `whsec_${Buffer.alloc(24, 1).toString("base64")}`,
  NO_SECRET: "whsec_short",
  KEY: "R0123456789abcdef0123456789abcde",
  NO_KEY: "0123456789abcdef",
});

const A_MAIL = {
  type: "email",
  tenantId: TENANT_ID,
  sender: "it@contoso.example",
  to: ["ops@contoso.example"],
};

describe("channelSchema()", () => {
  it("reads a log channel, which is told everything", () => {
    expect(schema.parse({ type: "log", name: "log" })).toEqual({
      name: "log",
      minSeverity: "info",
      settings: { type: "log" },
    });
  });

  it.each(["teams", "slack"])("reads a channel of %s, which is told warnings and worse", (type) => {
    expect(schema.parse({ type, name: "ops", urlFrom: "URL" })).toEqual({
      name: "ops",
      minSeverity: "warning",
      settings: { type, url: "https://receiver.example/hook?sig=1", allowPrivate: false },
    });
  });

  it.each([
    { given: {}, url: "https://events.pagerduty.com/v2/enqueue" },
    { given: { region: "us" }, url: "https://events.pagerduty.com/v2/enqueue" },
    { given: { region: "eu" }, url: "https://events.eu.pagerduty.com/v2/enqueue" },
  ])("reads a PagerDuty channel of $given", ({ given, url }) => {
    expect(schema.parse({ type: "pagerduty", name: "pager", routingKeyFrom: "KEY", ...given })).toEqual({
      name: "pager",
      minSeverity: "warning",
      settings: { type: "pagerduty", url, allowPrivate: false, routingKey: "R0123456789abcdef0123456789abcde" },
    });
  });

  it("reads a channel of mail, which signs in as the app unless told otherwise", () => {
    const given = { type: "email", name: "mail", tenantId: TENANT_ID.toUpperCase() };
    const mailbox = { sender: "it@contoso.example", to: ["ops@contoso.example"] };

    expect(schema.parse({ ...given, ...mailbox })).toEqual({
      name: "mail",
      minSeverity: "warning",
      settings: { type: "email", tenantId: TENANT_ID, credential: { kind: "managed-identity" }, ...mailbox },
    });
  });

  it("reads the credential of a mail channel with its secret in place of the name", () => {
    const credential = { kind: "client-secret", clientId: CLIENT_ID, secretFrom: "KEY" };

    const { settings } = schema.parse({ ...A_MAIL, name: "mail", credential });

    expect(settings).toMatchObject({ credential: { clientSecret: "R0123456789abcdef0123456789abcde" } });
  });

  it.each([1, 20])("takes %i addresses of those who get the mail", (count) => {
    const to = Array(count).fill("ops@contoso.example");

    expect(schema.parse({ ...A_MAIL, name: "mail", to }).settings).toMatchObject({ to });
  });

  it("takes the object id of the user that sends", () => {
    expect(schema.parse({ ...A_MAIL, name: "mail", sender: CLIENT_ID }).settings).toMatchObject({ sender: CLIENT_ID });
  });

  it.each([
    [{}, "cloudevents"],
    [{ format: "cloudevents" }, "cloudevents"],
    [{ format: "azure-monitor" }, "azure-monitor"],
  ])("reads a webhook of %j", (given, format) => {
    const channel = schema.parse({ type: "webhook", name: "siem", urlFrom: "URL", ...given });

    expect(channel.settings).toEqual({
      type: "webhook",
      format,
      url: "https://receiver.example/hook?sig=1",
      secrets: [],
      allowPrivate: false,
    });
  });

  it.each([
    ["no secret", {}, []],
    ["one secret", { secretFrom: "SECRET" }, [SIGNING_SECRET]],
    ["two secrets", { secretFrom: ["SECRET", "NEXT_SECRET"] }, [SIGNING_SECRET, expect.stringContaining("whsec_AQEB")]],
  ])("reads a webhook with %s", (_case, given, secrets) => {
    const channel = schema.parse({ type: "webhook", name: "siem", urlFrom: "URL", minSeverity: "critical", ...given });

    expect(channel).toMatchObject({ name: "siem", minSeverity: "critical", settings: { type: "webhook", secrets } });
  });

  it("takes http on a loopback literal where private addresses are allowed", () => {
    const channel = schema.parse({ type: "teams", name: "inbox", urlFrom: "LOOPBACK", allowPrivate: true });

    expect(channel.settings).toMatchObject({ url: "http://127.0.0.1:8080/inbox", allowPrivate: true });
  });

  it.each([
    ["an unknown type", { type: "pager" }, "type"],
    ["a bad name", { type: "log", name: "Ops Team" }, "name"],
    ["an address for the log", { type: "log", urlFrom: "URL" }, ""],
    ["no address", { type: "teams" }, "urlFrom"],
    ["the address itself", { type: "teams", urlFrom: "https://receiver.example/hook" }, "urlFrom"],
    ["a text that is no address", { type: "teams", urlFrom: "NO_URL" }, "urlFrom"],
    ["http on loopback without leave", { type: "webhook", urlFrom: "LOOPBACK" }, "urlFrom"],
    ["http elsewhere", { type: "webhook", urlFrom: "PLAIN", allowPrivate: true }, "urlFrom"],
    ["a secret of another form", { type: "webhook", urlFrom: "URL", secretFrom: "NO_SECRET" }, "secretFrom.0"],
    ["a secret that is not set", { type: "webhook", urlFrom: "URL", secretFrom: ["SECRET", "X"] }, "secretFrom.1"],
    ["an empty list of secrets", { type: "webhook", urlFrom: "URL", secretFrom: [] }, "secretFrom"],
    ["a format of another schema", { type: "webhook", urlFrom: "URL", format: "splunk" }, "format"],
    ["http for Slack", { type: "slack", urlFrom: "PLAIN" }, "urlFrom"],
    ["no key", { type: "pagerduty" }, "routingKeyFrom"],
    ["a key of another form", { type: "pagerduty", routingKeyFrom: "NO_KEY" }, "routingKeyFrom"],
    ["an unknown region", { type: "pagerduty", routingKeyFrom: "KEY", region: "apac" }, "region"],
    ["an address for PagerDuty", { type: "pagerduty", routingKeyFrom: "KEY", urlFrom: "URL" }, ""],
    ["mail of no tenant", { ...A_MAIL, tenantId: undefined }, "tenantId"],
    ["mail of nobody", { ...A_MAIL, sender: "the ops team" }, "sender"],
    ["mail of a path", { ...A_MAIL, sender: "it@contoso.example/messages" }, "sender"],
    ["mail to nobody", { ...A_MAIL, to: [] }, "to"],
    ["mail to 21", { ...A_MAIL, to: Array(21).fill("ops@contoso.example") }, "to"],
    ["mail to a name", { ...A_MAIL, to: ["Ops <ops@contoso.example>"] }, "to.0"],
    ["mail with an unknown credential", { ...A_MAIL, credential: { kind: "password" } }, "credential.kind"],
    ["an address for mail", { ...A_MAIL, urlFrom: "URL" }, ""],
    ["an unknown severity", { type: "log", minSeverity: "fatal" }, "minSeverity"],
  ])("refuses %s", (_case, given, path) => {
    const { error } = schema.safeParse({ name: "ops", ...given });

    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  it.each([
    { type: "webhook", name: "ops", urlFrom: "PLAIN", secretFrom: "NO_SECRET" },
    { type: "pagerduty", name: "ops", routingKeyFrom: "NO_KEY" },
  ])("names no address and no secret in what it expects: $type", (given) => {
    const said = JSON.stringify(schema.safeParse(given).error?.issues);

    expect(said).toContain("the name of an app setting");
    expect(said).not.toMatch(/receiver\.example|whsec_short|0123456789abcdef/);
  });
});

describe("channelName()", () => {
  it.each(["a", "0", "ops-2", "a".repeat(40)])("takes %j", (name) => {
    expect(channelName().parse(name)).toBe(name);
  });

  it.each(["", "-a", "A", "a_b", "a".repeat(41)])("refuses %j", (name) => {
    expect(channelName().safeParse(name).success).toBe(false);
  });
});

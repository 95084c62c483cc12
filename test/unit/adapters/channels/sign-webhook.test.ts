import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signWebhook } from "../../../../src/adapters/channels/sign-webhook.ts";

const OLD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEW_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgMx==";
const body = JSON.stringify({ name: "Müller 🙂" });

/** The oracle refuses a message that is not of this minute, so this one test needs the real time. */
const message = { id: "episode.1.fired.siem", sentAtMs: Date.now(), body };

describe("signWebhook()", () => {
  it("makes a signature that the standardwebhooks package accepts", () => {
    const headers = signWebhook(message, [OLD_SECRET]);

    expect(new Webhook(OLD_SECRET).verify(body, headers)).toEqual({ name: "Müller 🙂" });
  });

  it("equals the signature of the standardwebhooks package", () => {
    const headers = signWebhook(message, [OLD_SECRET]);

    expect(headers["webhook-signature"]).toBe(
      new Webhook(OLD_SECRET).sign(message.id, new Date(message.sentAtMs), body),
    );
    expect(headers["webhook-timestamp"]).toBe(String(Math.floor(message.sentAtMs / 1_000)));
    expect(headers["webhook-id"]).toBe(message.id);
  });

  it("signs with each key, so that a receiver that knows either accepts", () => {
    const headers = signWebhook(message, [NEW_SECRET, OLD_SECRET]);

    expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    expect(() => new Webhook(OLD_SECRET).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(NEW_SECRET).verify(body, headers)).not.toThrow();
  });

  it.each([
    { label: "another body", change: { body: `${body} ` } },
    { label: "another id", change: { id: "other" } },
    { label: "another time", change: { sentAtMs: message.sentAtMs - 2_000 } },
  ])("does not hold for $label", ({ change }) => {
    const { "webhook-signature": signature = "" } = signWebhook(message, [OLD_SECRET]);
    const changed = { ...message, ...change };
    const headers = { ...signWebhook(changed, []), "webhook-signature": signature };

    expect(() => new Webhook(OLD_SECRET).verify(changed.body, headers)).toThrow("No matching signature");
  });

  it("leaves the signature out when there is no key", () => {
    expect(Object.keys(signWebhook(message, []))).toEqual(["webhook-id", "webhook-timestamp"]);
  });
});

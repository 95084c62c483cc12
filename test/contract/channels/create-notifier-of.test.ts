import { describe, expect, it } from "vitest";
import type { ChannelSettings } from "../../../src/adapters/channels/channel-settings.ts";
import { createNotifierOf } from "../../../src/adapters/channels/create-notifier-of.ts";
import { anOutgoing } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";

describe("createNotifierOf()", () => {
  it("finds no notifier for a channel that is not configured", async () => {
    expect(await createNotifierOf(new Map(), aChannelWorld())("ops")).toBeUndefined();
  });

  it.each<{ readonly settings: ChannelSettings; readonly outcome: unknown }>([
    { settings: { type: "log" }, outcome: { kind: "delivered" } },
    {
      settings: {
        type: "webhook",
        format: "cloudevents",
        url: "https://nowhere.example/",
        secrets: [],
        allowPrivate: false,
      },
      outcome: { kind: "retry", reason: "dns" },
    },
    {
      settings: { type: "teams", url: "http://nowhere.example/", allowPrivate: false },
      outcome: { kind: "final", reason: "target-refused" },
    },
    {
      settings: { type: "slack", url: "https://nowhere.example/", allowPrivate: false },
      outcome: { kind: "retry", reason: "dns" },
    },
    {
      settings: { type: "pagerduty", routingKey: "k", url: "https://nowhere.example/", allowPrivate: false },
      outcome: { kind: "retry", reason: "dns" },
    },
    {
      settings: {
        type: "email",
        graphRoot: "https://nowhere.example",
        sender: "it@contoso.example",
        to: ["ops@contoso.example"],
        tokens: { getToken: async () => ({ kind: "token", token: "t" }) },
      },
      outcome: { kind: "retry", reason: "dns" },
    },
  ])("finds the notifier of settings $settings.type", async ({ settings, outcome }) => {
    const notifierOf = createNotifierOf(new Map([["ops", settings]]), aChannelWorld());

    const notifier = await notifierOf("ops");

    expect(await notifier?.send([anOutgoing()])).toEqual(outcome);
  });
});

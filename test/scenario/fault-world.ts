import type { ChannelSettings } from "../../src/adapters/channels/channel-settings.ts";
import { createNotifierOf } from "../../src/adapters/channels/create-notifier-of.ts";
import type { Delivery, OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { NotifierOf } from "../../src/ports/notifier.ts";
import type { TokenOutcome } from "../../src/ports/token-provider.ts";
import { SLOT_MS } from "../builders/a-notification.ts";
import { aChannelWorld } from "../contract/channels/channel-world.ts";
import { type Receiver, startReceiver } from "../contract/channels/start-receiver.ts";
import { aDrainWorld, aRowOf, type DrainWorld, nameOf } from "../fakes/drain-world.ts";

/** The kinds of channels that post somewhere. */
export const POSTING_TYPES = ["webhook", "teams", "slack", "pagerduty", "email"] as const;

/** A kind of channel that posts somewhere. */
export type PostingType = (typeof POSTING_TYPES)[number];

/** What a fault world begins with. */
export interface FaultWorldOptions {
  /** @default one `fired` of alert `a` */
  readonly rows?: readonly OutboxRow[];
  /** Whether the receiver shows a certificate that nobody vouches for. @default false */
  readonly isTls?: boolean;
  /** What the credential of a channel that sends mail gives. @default a token */
  readonly token?: () => TokenOutcome;
}

/** A drain world whose channel `ops` is a real one, and the receiver at its other end. */
export interface FaultWorld extends DrainWorld {
  readonly receiver: Receiver;
  readonly notifierOf: NotifierOf;
  /** Drains now and at every bell until the time given, in order. */
  readonly runUntil: (endMs: number) => Promise<void>;
}

/** Starts a world with a receiver, which whoever starts it stops. */
export async function aFaultWorld(type: PostingType, options: FaultWorldOptions = {}): Promise<FaultWorld> {
  const { rows = [aRowOf("a")], isTls = false, token = () => ({ kind: "token", token: "t" }) } = options;
  const receiver = await startReceiver({ isTls });
  const world = aDrainWorld(rows);
  const deps = aChannelWorld({ clock: { nowMs: () => world.clock.atMs }, timeoutMs: 150 });
  const root = `${isTls ? "https" : "http"}://127.0.0.1:${receiver.port}`;
  const notifierOf = createNotifierOf(new Map([["ops", settingsOf(type, root, token)]]), deps);
  const bells: number[] = [SLOT_MS];

  async function runUntil(endMs: number): Promise<void> {
    for (;;) {
      const [atMs] = bells.sort((a, b) => a - b);
      if (atMs === undefined || atMs > endMs) break;
      bells.shift();
      world.clock.atMs = Math.max(world.clock.atMs, atMs);
      await world.drain({ notifierOf });
      bells.push(...world.bells().map((delayMs) => world.clock.atMs + delayMs));
    }
    world.clock.atMs = Math.max(world.clock.atMs, endMs);
    bells.push(endMs);
  }

  return { ...world, receiver, notifierOf, runUntil };
}

function settingsOf(type: PostingType, root: string, token: () => TokenOutcome): ChannelSettings {
  const target = { url: `${root}/hook?sig=secret`, allowPrivate: true };
  switch (type) {
    case "webhook":
      return { type, format: "cloudevents", secrets: [], ...target };
    case "teams":
    case "slack":
      return { type, ...target };
    case "pagerduty":
      return { type, routingKey: "0123456789abcdef0123456789abcdef", ...target };
    case "email": {
      const tokens = { getToken: async () => token() };
      return { type, graphRoot: root, sender: "it@contoso.example", to: ["ops@contoso.example"], tokens };
    }
  }
}

/** What was settled, in the order of the alphabet: notification, outcome, attempts and reason. */
export function recordsOf(
  world: DrainWorld,
): readonly (readonly [string, Delivery["outcome"], number, string | undefined])[] {
  const records = [...world.settled(), ...world.dead()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return records.map((each) => [nameOf(each), each.outcome, each.attempts, each.reason]);
}

import type { TokenProvider } from "../../ports/token-provider.ts";

/** A target that is reached by HTTP; the URL is a secret, because whoever knows it can post. */
export interface HttpTarget {
  readonly url: string;
  /** Whether loopback, private and shared addresses may be reached, and a loopback literal without TLS. */
  readonly allowPrivate: boolean;
}

/** Whose mail is sent, and through which Graph. */
export interface MailAccess {
  /** The root of one of the four clouds, or a loopback address; no slash at the end. */
  readonly graphRoot: string;
  /** Address or object id of the mailbox that sends. */
  readonly sender: string;
  readonly tokens: TokenProvider;
}

/** What the body of a webhook looks like. */
export type WebhookFormat = "cloudevents" | "azure-monitor";

/** How one channel is reached, with its secrets resolved. */
export type ChannelSettings =
  | { readonly type: "log" }
  | (HttpTarget & {
      readonly type: "webhook";
      readonly format: WebhookFormat;
      /**
       * Keys of Standard Webhooks (`whsec_` and base64), newest first; each signs, so that a receiver can change over.
       * Without one the message is not signed.
       */
      readonly secrets: readonly string[];
    })
  | (HttpTarget & { readonly type: "teams" })
  | (HttpTarget & { readonly type: "slack" })
  | (HttpTarget & { readonly type: "pagerduty"; readonly routingKey: string })
  | (MailAccess & {
      readonly type: "email";
      /** Addresses of those who get the mail. */
      readonly to: readonly string[];
    });

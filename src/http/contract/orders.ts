/** Answer of POST v1/deliveries/{id}/replay. */
export interface ReplayBody {
  readonly tenantId: string;
  readonly notificationId: string;
}

/** Answer of POST v1/channels/{name}/test. */
export interface ChannelTestBody {
  readonly channel: string;
  readonly outcome: "delivered" | "failed";
  /** The code of the failure. */
  readonly reason?: string | undefined;
  /** Whether trying again may help; of a failure. */
  readonly isRetryable?: boolean | undefined;
}

/** Answer of POST v1/polls. */
export interface PollRequestBody {
  readonly tenantId: string;
  /** Names the poll in history. */
  readonly slotDateTime: string;
}

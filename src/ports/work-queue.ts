/** Asks for one tenant's poll of one slot. */
export interface PollRequest {
  readonly tenantId: string;
  readonly slotMs: number;
  /** Whether most tenants cannot be read, as the fleet says; absent when it could not be asked. */
  readonly graphUnavailable?: boolean;
  /** The tenant has left the configuration: what is open is to be ended, and nothing read. */
  readonly closing?: true;
}

/** Says that a tenant, or the fleet, has notifications to send; a doorbell, losing one costs time and nothing else. */
export interface DeliveryRequest {
  readonly tenantId: string;
}

/** Puts work on the queues that trigger the functions. */
export interface WorkQueue {
  /** Sends a poll request that becomes visible after `delayMs`, 0 to 7 days. */
  readonly requestPoll: (request: PollRequest, delayMs: number) => Promise<void>;
  /** Sends a delivery request that becomes visible after `delayMs`, 0 to 7 days. */
  readonly requestDelivery: (request: DeliveryRequest, delayMs: number) => Promise<void>;
}

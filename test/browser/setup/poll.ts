import { expect } from "vitest";
import type { TenantsBody } from "../../../src/http/contract/tenants.ts";
import { requestPoll, type World } from "./start-world.ts";

/** Has a tenant polled, and waits until what was read is what the API answers. */
export async function poll(world: World, tenantId: string): Promise<void> {
  const askedMs = Date.now();
  await requestPoll(world, tenantId);
  await expect
    .poll(() => lastPollMs(world, tenantId), { timeout: 30_000, interval: 100 })
    .toBeGreaterThanOrEqual(askedMs);
}

async function lastPollMs({ apiUrl, functionKey }: World, tenantId: string): Promise<number> {
  const response = await fetch(`${apiUrl}/v1/tenants`, { headers: { "x-functions-key": functionKey } });
  const { value }: TenantsBody = JSON.parse(await response.text());
  const tenant = value.find((candidate) => candidate.tenantId === tenantId);
  return Date.parse(tenant?.lastPoll?.slotDateTime ?? "1970-01-01");
}

import { defined } from "../defined.ts";
import type { NotificationLinks } from "./describe-notification.ts";
import type { NotificationFacts } from "./notification.ts";

/** Where this program and the portal are reached, without a slash at the end; a missing one gives no link. */
export interface LinkRoots {
  readonly portalUrl?: string;
  readonly publicUrl?: string;
}

/** Links a notification to the portal and to the history of its connection. */
export function linkNotification({ tenantId, connectionKey }: NotificationFacts, roots: LinkRoots): NotificationLinks {
  const { portalUrl, publicUrl } = roots;
  const historyUrl =
    publicUrl === undefined
      ? undefined
      : `${publicUrl}/api/v1/history?tenant=${tenantId}&connection=${connectionKey}&view=events`;
  return defined({ portalUrl, historyUrl });
}

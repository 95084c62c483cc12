import { defined } from "../defined.ts";
import type { NotificationLinks } from "./describe-notification.ts";
import type { NotificationFacts } from "./notification.ts";

/** Where this program and the portal are reached, without a slash at the end; a missing one gives no link. */
export interface LinkRoots {
  readonly portalUrl?: string;
  readonly publicUrl?: string;
}

/** What links lead to: a connection, or a tenant as a whole. */
export type LinkedSubject = Pick<NotificationFacts, "tenantId"> & Partial<Pick<NotificationFacts, "connectionKey">>;

/** Links to the portal, and to the page of a connection or, when none is named, of its whole tenant. */
export function linkNotification({ tenantId, connectionKey }: LinkedSubject, roots: LinkRoots): NotificationLinks {
  const { portalUrl, publicUrl } = roots;
  const view = connectionKey === undefined ? `overview?tenant=${tenantId}` : `connection/${tenantId}/${connectionKey}`;
  const pageUrl = publicUrl === undefined ? undefined : `${publicUrl}/api/dashboard/#/${view}`;
  return defined({ portalUrl, pageUrl });
}

import { describe, expect, it } from "vitest";
import { parseRoute } from "../../../../dashboard/model/parse-route.ts";
import { linkNotification } from "../../../../src/domain/delivery/link-notification.ts";
import { aNotification } from "../../../builders/a-notification.ts";

describe("linkNotification()", () => {
  it("links to the portal and to the connection's own page", () => {
    const roots = { portalUrl: "https://intune.example", publicUrl: "https://app.example" };

    expect(linkNotification(aNotification(), roots)).toEqual({
      portalUrl: "https://intune.example",
      pageUrl:
        "https://app.example/api/dashboard/#/connection/11111111-2222-3333-4444-555555555555/0123456789abcdef0123456789abcdef",
    });
  });

  it("links to the page of the whole tenant where no connection is named", () => {
    const links = linkNotification({ tenantId: "t" }, { publicUrl: "https://app.example" });

    expect(links).toEqual({ pageUrl: "https://app.example/api/dashboard/#/overview?tenant=t" });
  });

  it("links to what the page knows", () => {
    const { pageUrl = "" } = linkNotification(aNotification(), { publicUrl: "https://app.example" });
    const { tenantId, connectionKey } = aNotification();

    expect(parseRoute(new URL(pageUrl).hash)).toMatchObject({ view: "connection", tenant: tenantId, connectionKey });
  });

  it("gives no link to what it does not know", () => {
    expect(linkNotification(aNotification(), {})).toEqual({});
  });
});

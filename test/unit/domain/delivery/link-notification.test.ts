import { describe, expect, it } from "vitest";
import { linkNotification } from "../../../../src/domain/delivery/link-notification.ts";
import { aNotification } from "../../../builders/a-notification.ts";

describe("linkNotification()", () => {
  it("links to the portal and to the connection's own history", () => {
    const roots = { portalUrl: "https://intune.example", publicUrl: "https://app.example" };

    expect(linkNotification(aNotification(), roots)).toEqual({
      portalUrl: "https://intune.example",
      historyUrl:
        "https://app.example/api/v1/history?tenant=11111111-2222-3333-4444-555555555555&connection=0123456789abcdef0123456789abcdef&view=events",
    });
  });

  it("links to the history of the whole tenant where no connection is named", () => {
    const links = linkNotification({ tenantId: "t" }, { publicUrl: "https://app.example" });

    expect(links).toEqual({ historyUrl: "https://app.example/api/v1/history?tenant=t&view=events" });
  });

  it("gives no link to what it does not know", () => {
    expect(linkNotification(aNotification(), {})).toEqual({});
  });
});

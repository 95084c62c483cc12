import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import type { TenantsBody } from "../../src/http/contract/tenants.ts";
import { findViolations } from "./setup/find-violations.ts";
import { connectionHash, KANDJI } from "./setup/places.ts";
import { CONTOSO, NORTHWIND, WOODGROVE } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";

const { open, load } = useBrowser();

const FAILED = /^error: Failed to load resource/;

function headline(page: Page): Promise<string> {
  return page.getByRole("heading", { level: 1 }).innerText();
}

function answer(status: number, body: object = {}): (route: Route) => Promise<void> {
  return (route) => route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify(body) });
}

/** Lets a tenant's answer through, changed. */
function change(edit: (body: ConnectionsBody) => ConnectionsBody): (route: Route) => Promise<void> {
  return async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: edit(await response.json()) });
  };
}

const DAMAGED = "0".repeat(32);

/** Leaves what is well and a connection whose stored state cannot be read. */
const damaged = change((body) => ({
  ...body,
  value: body.value.filter(({ verdict }) => verdict === "ok"),
  unreadable: [{ rowKey: `live|state|${DAMAGED}`, connectionKey: DAMAGED }, { rowKey: "live|outbox|damaged" }],
}));

describe("a key", () => {
  it("that is wrong leads back to the sign-in, which says so and has forgotten it", async () => {
    const page = await open({ keys: "wrong", complaint: FAILED });
    await page.getByRole("alert").waitFor();

    const kept = await page.evaluate(() => sessionStorage.getItem("monitor.functionKey"));

    expect(await page.getByRole("alert").innerText()).toContain("The function key is not accepted.");
    expect(kept).toBeNull();
  });

  it("that is withdrawn while the page is open leads back to the sign-in", async () => {
    const page = await open({ complaint: FAILED, prepare: (opened) => opened.clock.install() });
    await page.route("**/v1/**", (route) => route.fulfill({ status: 401 }));

    await page.clock.runFor(30_000);

    await page.getByRole("heading", { name: "Enter your key" }).waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("not accepted");
  });

  it("for reading alone shows everything and offers no order", async () => {
    const page = await open({ keys: "read", hash: connectionHash(CONTOSO, KANDJI) });

    expect(await page.getByRole("button", { name: /Acknowledge|Silence/ }).count()).toBe(0);
    expect(await page.getByText("Enter a write key at sign-in to acknowledge or silence it.").isVisible()).toBe(true);
  });

  it("for writes that is wrong is refused in the dialog, which keeps what was written", async () => {
    const page = await open({ keys: "read", hash: "/silences", complaint: FAILED });
    await page.evaluate(() => sessionStorage.setItem("monitor.writeKey", "not-the-write-key"));
    await page.reload();
    await page.getByRole("button", { name: "New silence" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Reason", exact: true }).fill("Trying");
    await dialog.getByRole("textbox", { name: "Your name", exact: true }).fill("Mallory");
    await dialog.getByRole("textbox", { name: "Rule", exact: true }).fill("heartbeat-age");

    await dialog.getByRole("button", { name: "Silence" }).click();
    await dialog.getByRole("alert").waitFor();

    expect(await dialog.getByRole("alert").innerText()).toMatch(/right key/);
    expect(await dialog.getByRole("textbox", { name: "Reason", exact: true }).inputValue()).toBe("Trying");
  });

  it("is forgotten at sign-out", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Sign out" }).click();

    expect(await headline(page)).toBe("Enter your key");
    expect(await page.evaluate(() => sessionStorage.getItem("monitor.functionKey"))).toBeNull();
    expect(await page.evaluate(() => sessionStorage.getItem("monitor.writeKey"))).toBeNull();
  });
});

describe("a view", () => {
  it("that is loading says so, and shows no number that it does not know", async () => {
    const page = await load({ prepare: (opened) => opened.route("**/v1/connections*", () => undefined) });
    await page.getByText("Loading").first().waitFor({ state: "attached" });

    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(0);
    expect(await page.getByRole("table").count()).toBe(0);
  });

  it("of a tenant without anything to watch says so, and claims no health", async () => {
    const nobodyInTrouble = change((body) => ({ ...body, value: [] }));
    const page = await open({
      hash: `/overview?tenant=${WOODGROVE}`,
      prepare: (opened) => opened.route("**/v1/connections?tenant=fleet", nobodyInTrouble),
    });

    expect(await headline(page)).toBe("There is no connection to judge.");
    expect(await page.getByText("There are no partners or connectors yet.").isVisible()).toBe(true);
  });

  it("of a tenant that was never polled says that nothing is known yet", async () => {
    const neverPolled = change((body) => ({ ...body, lastPoll: undefined, value: [] }));
    const page = await open({ prepare: (opened) => opened.route("**/v1/connections*", neverPolled) });

    expect(await headline(page)).toBe("The first poll is on its way; nothing is known yet.");
  });

  it("of a source that cannot be read shows what it fed as unknown, not as well", async () => {
    const page = await open({ hash: `/overview?tenant=${NORTHWIND}` });
    const row = page.getByRole("row", { name: /SOTI MobiControl/ });
    const eyes = page.getByRole("region", { name: "The monitor's own eyes" });

    expect(await row.innerText()).toMatch(/Unknown[\s\S]*Cannot be judged now: its source was not read/);
    expect(await eyes.innerText()).toMatch(/Compliance management partners[\s\S]*Error[\s\S]*Source cannot be read/);
    expect(await page.getByText("1 connection cannot be judged now; 1 source cannot be read; ").isVisible()).toBe(true);
  });

  it("of a connection whose stored state cannot be read names it, says what to do, and is not green", async () => {
    const page = await open({
      hash: `/overview?tenant=${CONTOSO}`,
      prepare: (opened) => opened.route(`**/v1/connections?tenant=${CONTOSO}`, damaged),
    });
    const headlined = page.locator(".headline");
    const leftOut = page.getByRole("region", { name: "Left out: what is stored cannot be read" });

    expect(await headlined.innerText()).toContain(
      "1 connection is left out: its stored state cannot be read; 1 stored row cannot be read",
    );
    expect(await headlined.getAttribute("class")).toContain("headline--error");
    expect(await leftOut.innerText()).toContain(`POST /api/v1/connections/${DAMAGED}/reset?tenant=${CONTOSO}`);
    expect(await leftOut.innerText()).toMatch(/live\|outbox\|damaged[^]*order it anew, then delete the row/);
    expect(await findViolations(page)).toEqual([]);
  });

  it("of that connection does not call it unknown", async () => {
    const page = await open({
      hash: connectionHash(CONTOSO, DAMAGED),
      prepare: (opened) => opened.route(`**/v1/connections?tenant=${CONTOSO}`, damaged),
    });

    expect(await page.getByText("Its stored state cannot be read").isVisible()).toBe(true);
  });

  it("calls each part of it by its own name, in whatever letters", async () => {
    const names = ["Contoso 1", "Contoso 2", "東京", "Мск"];
    const renamed = async (route: Route): Promise<void> => {
      const response = await route.fetch();
      const { value }: TenantsBody = await response.json();
      const json = {
        value: value.map((tenant, index) => ({ ...tenant, tenantName: names[index] ?? tenant.tenantName })),
      };
      await route.fulfill({ response, json });
    };
    const page = await open({ hash: "/silences", prepare: (opened) => opened.route("**/v1/tenants", renamed) });

    const counts = await Promise.all(names.map((name) => page.getByRole("region", { name, exact: true }).count()));

    expect(counts).toEqual([1, 1, 1, 1]);
  });

  it("of late polls says since when, in red and in words", async () => {
    const hourAgo = new Date(Date.now() - 5 * 3_600_000).toISOString();
    const late = change((body) => ({
      ...body,
      value: body.value.map((connection) =>
        connection.reading.kind === "tenant"
          ? { ...connection, reading: { ...connection.reading, lastGoodDateTime: hourAgo } }
          : connection,
      ),
    }));
    const page = await open({ prepare: (opened) => opened.route("**/v1/connections*", late) });

    expect(await page.getByText(/^Last good poll/).innerText()).toBe(
      "Last good poll 5 hours ago, late: one is due every 15 min. What follows may be out of date.",
    );
  });

  it.each([
    { status: 500, says: /The monitor failed to answer/ },
    { status: 503, says: /The monitor cannot answer now/ },
    { status: 403, says: /not allowed/ },
  ])("that is answered $status says so instead of a number", async ({ status, says }) => {
    const page = await load({
      complaint: FAILED,
      prepare: (opened) => opened.route("**/v1/tenants*", answer(status)),
    });
    await page.getByRole("alert").waitFor();

    expect(await page.getByRole("alert").innerText()).toMatch(says);
    expect(await page.getByRole("table").count()).toBe(0);
  });

  it("of one tenant that cannot be shown shows the others, and says how many are missing", async () => {
    const page = await open({
      complaint: FAILED,
      prepare: (opened) => opened.route(`**/v1/connections?tenant=${CONTOSO}`, answer(503)),
    });

    expect(await page.getByRole("alert").innerText()).toContain("One tenant cannot be shown.");
    expect(await page.getByRole("link", { name: "SOTI MobiControl" }).isVisible()).toBe(true);
  });

  it("that cannot be read again keeps what it knew, and says that it is old", async () => {
    const page = await open({ complaint: FAILED, prepare: (opened) => opened.clock.install() });
    await page.route("**/v1/**", (route) => route.abort());

    await page.clock.runFor(30_000);
    await page.getByRole("alert").waitFor();

    expect(await page.getByRole("alert").innerText()).toContain("The monitor cannot be reached.");
    expect(await page.getByRole("link", { name: "VMware Workspace ONE" }).isVisible()).toBe(true);
  });

  it("of an unknown connection says so and leads back", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, "0".repeat(32)) });
    const says = await headline(page);

    await page.getByRole("link", { name: "Contoso (simulated)" }).click();
    await page.getByRole("heading", { name: /need attention/ }).waitFor();

    expect(says).toBe("Unknown connection");
  });
});

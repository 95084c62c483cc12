import { describe, expect, it } from "vitest";
import { deadManSwitchSchema, fleetSchema } from "../../../src/config/fleet.schema.ts";
import { DAY_MS } from "../../../src/domain/units.ts";

describe("fleetSchema()", () => {
  it("needs nothing", () => {
    expect(fleetSchema().parse({})).toEqual({ rules: {}, overrides: [] });
  });

  it("takes channels, and rules with overrides for what the monitor watches of itself", () => {
    const overrides = [{ match: { kind: "tenant-watch", name: "Lab*" }, rules: { "tenant-late": { enabled: false } } }];
    const rules = { "graph-unavailable": { errorFromTenants: 5 }, "tenant-late": { errorAfter: "P2D" } };

    expect(fleetSchema().parse({ channels: ["ops"], rules, overrides })).toEqual({
      channels: ["ops"],
      rules: {
        "graph-unavailable": { limits: { errorFromTenants: 5 } },
        "tenant-late": { limits: { errorAfterMs: 2 * DAY_MS } },
      },
      overrides,
    });
  });

  it.each([
    ["an empty list of channels", { channels: [] }, "channels"],
    ["what is no name of a channel", { channels: ["No"] }, "channels.0"],
    ["a setting that it does not know", { ignore: [] }, ""],
  ])("refuses %s", (_case, given, path) => {
    expect(
      fleetSchema()
        .safeParse(given)
        .error?.issues.map((issue) => issue.path.join(".")),
    ).toEqual([path]);
  });
});

describe("deadManSwitchSchema()", () => {
  const env = { PING: "https://hc.example/1", LOCAL: "http://127.0.0.1:8000/1", PLAIN: "http://hc.example/1" };
  const schema = deadManSwitchSchema(env);

  it.each([
    { given: { urlFrom: "PING" }, want: { url: env.PING, allowPrivate: false } },
    { given: { urlFrom: "LOCAL", allowPrivate: true }, want: { url: env.LOCAL, allowPrivate: true } },
  ])("reads $given", ({ given, want }) => {
    expect(schema.parse(given)).toEqual(want);
  });

  it.each([
    { given: {}, path: "urlFrom" },
    { given: { urlFrom: "NONE" }, path: "urlFrom" },
    { given: { urlFrom: "LOCAL" }, path: "urlFrom" },
    { given: { urlFrom: "PLAIN", allowPrivate: true }, path: "urlFrom" },
    { given: { urlFrom: "PING", url: env.PING }, path: "" },
  ])("refuses $given", ({ given, path }) => {
    expect(schema.safeParse(given).error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });
});

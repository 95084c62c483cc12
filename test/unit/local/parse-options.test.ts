import { describe, expect, it } from "vitest";
import { OptionsError, parseOptions } from "../../../local/parse-options.ts";

const defaults = {
  fresh: false,
  port: 7071,
  scenario: "demo",
  history: true,
  data: ".local",
  mail: false,
  verbose: false,
  help: false,
};

describe("parseOptions()", () => {
  it.each([
    { args: [], want: {} },
    { args: ["--fresh"], want: { fresh: true } },
    { args: ["--port", "0"], want: { port: 0 } },
    { args: ["--port=65535"], want: { port: 65_535 } },
    { args: ["--scenario", "healthy"], want: { scenario: "healthy" } },
    { args: ["--no-history"], want: { history: false } },
    { args: ["--tenant", "real"], want: { scenario: undefined, history: false } },
    { args: ["--mail"], want: { mail: true } },
    { args: ["--mail", "--tenant", "real"], want: { scenario: undefined, history: false } },
    { args: ["--data", "/tmp/world"], want: { data: "/tmp/world" } },
    { args: ["--verbose", "--help"], want: { verbose: true, help: true } },
  ])("reads $args", ({ args, want }) => {
    expect(parseOptions(args)).toEqual({ ...defaults, ...want });
  });

  it.each([
    { args: ["--port", "65536"], says: "--port" },
    { args: ["--port", "0x1"], says: "--port" },
    { args: ["--port", ""], says: "--port" },
    { args: ["--port", "-1"], says: "--port" },
    { args: ["--scenario", "nonsense"], says: "one of connector-expiring" },
    { args: ["--tenant", "mine"], says: "--tenant" },
    { args: ["--frehs"], says: "--frehs" },
    { args: ["extra"], says: "extra" },
    { args: ["--port"], says: "--port" },
  ])("refuses $args in one line that says what is wanted", ({ args, says }) => {
    const parse = (): unknown => parseOptions(args);

    expect(parse).toThrow(OptionsError);
    expect(parse).toThrow(says);
    expect(parse).toThrow(/^[^\n]+$/);
  });
});

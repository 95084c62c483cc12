import { describe, expect, it } from "vitest";
import { negotiateFormat } from "../../../src/http/negotiate-format.ts";

describe("negotiateFormat()", () => {
  it.each([
    { name: "no header", accept: null, want: "json" },
    { name: "an empty header", accept: "", want: "json" },
    { name: "any type", accept: "*/*", want: "json" },
    { name: "a browser", accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", want: "json" },
    { name: "types that are not known here", accept: "application/pdf, text/html", want: "json" },
    { name: "CSV", accept: "text/csv", want: "csv" },
    { name: "CSV in capitals with a parameter", accept: "Text/CSV; header=present", want: "csv" },
    { name: "any text", accept: "text/*", want: "csv" },
    { name: "lines of JSON", accept: "application/x-ndjson", want: "ndjson" },
    { name: "lines of JSON by their other name", accept: "application/ndjson", want: "ndjson" },
    { name: "the higher quality", accept: "text/csv;q=0.5, application/x-ndjson;q=0.9", want: "ndjson" },
    { name: "the higher quality against the order", accept: "application/json;q=0.1, text/csv;q=0.2", want: "csv" },
    { name: "equals, in our order", accept: "application/x-ndjson, text/csv, application/json", want: "json" },
    { name: "a named type before any other of the same quality", accept: "text/csv, */*", want: "csv" },
    { name: "anything but JSON", accept: "application/json;q=0, */*", want: "csv" },
    { name: "anything but CSV of text", accept: "text/csv;q=0, text/*", want: "json" },
    { name: "nothing that we have", accept: "*/*;q=0", want: "json" },
    { name: "a quality that is none", accept: "text/csv;q=2, application/x-ndjson;q=0.1", want: "ndjson" },
  ])("gives $want to $name", ({ accept, want }) => {
    expect(negotiateFormat(accept)).toBe(want);
  });
});

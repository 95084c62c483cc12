import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../../scripts/openapi/operations.ts";
import { createOpenapiDocument } from "../../../scripts/openapi-document.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/openapi.json");

describe("createOpenapiDocument()", () => {
  const document = createOpenapiDocument();

  it("gives every operation an id of its own and says what it does", () => {
    const ids = OPERATIONS.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    for (const { summary } of OPERATIONS) expect(summary).toMatch(/^[A-Z].*[^.]$/);
  });

  it("asks for the right to write where something is written, and for no key where anybody may ask", () => {
    expect(document.paths).toMatchObject({
      "/v1/silences": {
        get: { security: [{ functionKey: [] }, { functionKeyInQuery: [] }] },
        post: { security: expect.arrayContaining([{ functionKey: [], writeKey: [] }]) },
      },
      "/v1/health": { get: { security: [] } },
    });
  });

  it("writes the parameters that are checked", () => {
    const names = document.paths?.["/v1/history"]?.get?.parameters?.map((parameter) =>
      "name" in parameter ? `${parameter.in} ${parameter.name}` : "",
    );

    expect(names).toEqual(expect.arrayContaining(["query tenant", "query maxpagesize", "header If-None-Match"]));
  });

  it("is what docs/openapi.json holds; if not, run npm run docs", async () => {
    const published: unknown = JSON.parse(await readFile(file, "utf8"));

    expect(published).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import { toOpenapi } from "./openapi/operation.ts";
import { OPERATIONS } from "./openapi/operations.ts";

const FILE = path.resolve(import.meta.dirname, "../docs/openapi.json");

const DESCRIPTION = [
  "What a monitor of the partners and connectors of Microsoft Intune knows.",
  "Instants are RFC 3339 text in UTC, durations ISO 8601 text. What was not read is absent.",
  "Ages and days left are for readers to compute, so that an answer changes only when facts do.",
  "`tenant` may be left out where exactly one tenant is configured.",
].join(" ");

const SECURITY_SCHEMES = {
  functionKey: { type: "apiKey", in: "header", name: "x-functions-key" },
  functionKeyInQuery: {
    type: "apiKey",
    in: "query",
    name: "code",
    description: "Ignored by the app, never echoed.",
  },
  writeKey: { type: "apiKey", in: "header", name: "x-monitor-write-key" },
  operatorRole: {
    type: "apiKey",
    in: "header",
    name: "x-ms-client-principal",
    description: "The app role Monitor.Operator, where the platform's authentication is on and trusted.",
  },
} as const;

/** Returns the OpenAPI document of the API, made from the schemas that check what comes in and describe what goes out. */
export function createOpenapiDocument(): ReturnType<typeof createDocument> {
  const paths: Record<string, ZodOpenApiPathsObject[string]> = {};
  for (const operation of OPERATIONS) {
    const address = `/${operation.route}`;
    paths[address] = { ...paths[address], [operation.method]: toOpenapi(operation) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "intune-partner-monitor",
      version: "1",
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api", description: "The function app that serves this document." }],
    tags: [
      { name: "state", description: "How things are." },
      { name: "history", description: "How things were." },
      { name: "feeds", description: "For calendars and metrics." },
      { name: "writes", description: "What people order; each is kept with who and why." },
      { name: "service", description: "The monitor itself, for anybody." },
    ],
    paths,
    components: { securitySchemes: SECURITY_SCHEMES },
  });
}

/** Returns the document as it is published. */
export function renderOpenapiDocument(): string {
  return `${JSON.stringify(createOpenapiDocument(), undefined, 2)}\n`;
}

if (import.meta.main) await writeFile(FILE, renderOpenapiDocument());

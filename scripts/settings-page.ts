import { writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { appSettingsSchema } from "../src/config/app-settings.ts";
import { documentSchema } from "../src/config/document.schema.ts";
import { RULES } from "../src/domain/rules/catalogue.ts";
import { formatDuration } from "../src/domain/units.ts";

type Schema = z.core.JSONSchema.BaseSchema;

const DOCS = path.resolve(import.meta.dirname, "../docs");

const INTRODUCTION = `# Settings

Made from the schemas in \`src/config\` by \`npm run docs\`: do not edit this page.

There are two places: app settings of the function app, and one JSON document, \`monitor.config.json\` beside
\`package.json\` unless \`MONITOR_CONFIG\` says otherwise. Secrets stand in app settings only; the document names them by keys
that end in \`From\`, and Key Vault references work. Durations are ISO 8601 texts of days, hours, minutes and seconds, such as
\`PT36H\` or \`P7D\`. A setting that cannot be used stops every run, and GET \`/api/v1/health\` names it and what is expected.
`;

const RULES_INTRODUCTION = `## \`rules\`, \`tenants[].rules\`, \`overrides[].rules\`, \`tenants[].overrides[].rules\`

By rule id. Each rule takes its limits and

| setting | meaning |
|---|---|
| \`enabled\` | Whether it is judged at all. |
| \`confirmPolls\` | Bad polls in a row before it fires, 1 to 100. |
| \`recoverPolls\` | Good polls in a row before it resolves, 1 to 100. |
| \`keepFiring\` | How long it must be good before it resolves, up to \`P1D\`. |

A limit that ends in \`Polls\`, \`Periods\`, \`Tenants\` or \`Percent\` is a number, 1 to 100; all others are durations. \`…After\`
excludes its own value, \`…From\` and \`…Within\` include it. These are the defaults of the preset \`recommended\`:
`;

/** Returns the JSON Schema of the document, by which editors check it. */
export function documentJsonSchema(): Schema {
  return z.toJSONSchema(documentSchema({}), { io: "input", reused: "ref" });
}

/** Renders the page of all settings as Markdown. */
export function renderSettingsPage(): string {
  const document = z.toJSONSchema(documentSchema({}), { io: "input" });
  const member = (name: string): Schema => membersOf(document).find(([known]) => known === name)?.[1] ?? {};
  const sections = [
    INTRODUCTION,
    "## App settings\n",
    tableOf(z.toJSONSchema(appSettingsSchema, { io: "input" })),
    "## The document\n",
    tableOf(document),
    "## `tenants[]`\n",
    tableOf(itemsOf(member("tenants"))),
    "## `credential`, `tenants[].credential`, `channels[].credential`\n",
    ...variantsOf(member("credential"), "kind"),
    "## `channels[]`\n",
    ...variantsOf(itemsOf(member("channels")), "type"),
    "## `ignore[]`, `tenants[].ignore[]`\n",
    tableOf(itemsOf(member("ignore"))),
    "## `maintenance[]`\n",
    tableOf(itemsOf(member("maintenance"))),
    "## `maintenance[].match`\n",
    tableOf(new Map(membersOf(itemsOf(member("maintenance")))).get("match") ?? {}),
    "## `reminders`\n",
    tableOf(member("reminders")),
    "## `fleet`\n",
    tableOf(member("fleet")),
    "## `deadManSwitch`\n",
    tableOf(member("deadManSwitch")),
    "## `retention`\n",
    tableOf(member("retention")),
    "## `overrides[].match`, `tenants[].overrides[].match`\n",
    tableOf(new Map(membersOf(itemsOf(member("overrides")))).get("match") ?? {}),
    RULES_INTRODUCTION,
    tableOfRules(),
  ];
  return sections.join("\n");
}

function variantsOf(schema: Schema, discriminator: string): readonly string[] {
  return (schema.oneOf ?? []).filter(isSchema).flatMap((variant) => {
    const [[, kind] = ["", {}]] = membersOf(variant).filter(([name]) => name === discriminator);
    return [
      `### \`"${discriminator}": ${JSON.stringify(kind.const)}\`\n`,
      `${variant.description}\n`,
      tableOf(variant),
    ];
  });
}

function tableOf(schema: Schema): string {
  const required = new Set(schema.required);
  const rows = membersOf(schema)
    .filter(([, member]) => member.const === undefined)
    .map(([name, member]) => `| \`${name}\`${required.has(name) ? " (required)" : ""} | ${describe(member)} |`);
  return rows.length === 0 ? "" : `${["| setting | meaning |", "|---|---|", ...rows].join("\n")}\n`;
}

function tableOfRules(): string {
  const rows = RULES.map(({ id, title, defaults }) => {
    const limits = Object.entries(defaults.limits).map(([limit, value]) =>
      limit.endsWith("Ms") ? `${limit.slice(0, -2)} ${formatDuration(value)}` : `${limit} ${value}`,
    );
    const { confirmPolls, recoverPolls, keepFiringMs } = defaults;
    const cells = [`\`${id}\``, title, limits.join(", "), confirmPolls, recoverPolls, formatDuration(keepFiringMs)];
    return `| ${cells.join(" | ")} |`;
  });
  const head = [
    "| rule | watches for | limits | confirmPolls | recoverPolls | keepFiring |",
    "|---|---|---|---|---|---|",
  ];
  return `${[...head, ...rows].join("\n")}\n`;
}

function describe({ description = "", enum: values, default: standard }: Schema): string {
  const choice = values === undefined ? "" : ` One of ${values.map((value) => `\`${String(value)}\``).join(", ")}.`;
  const isSaid = standard === undefined || description.includes("Default:");
  return `${description}${choice}${isSaid ? "" : ` Default: \`${JSON.stringify(standard)}\`.`}`.replaceAll("|", "\\|");
}

function membersOf(schema: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    isSchema(member) ? [[name, member]] : [],
  );
}

function itemsOf({ items }: Schema): Schema {
  return items !== undefined && !Array.isArray(items) && isSchema(items) ? items : {};
}

function isSchema(schema: boolean | Schema): schema is Schema {
  return typeof schema === "object";
}

if (import.meta.main) {
  await writeFile(path.join(DOCS, "settings.md"), renderSettingsPage());
  const schema = JSON.stringify(documentJsonSchema(), undefined, 2);
  await writeFile(path.join(DOCS, "monitor.config.schema.json"), `${schema}\n`);
}

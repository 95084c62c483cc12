/** The import rule of docs/adr/0001: what each room of the house may import; anything not listed is an error. */
const OWN = (folder) => `^${folder}/`;
const TYPES_ONLY = { dependencyTypes: ["type-only"] };
const NPM = { dependencyTypes: ["npm", "npm-dev", "npm-optional"] };
const CORE = { dependencyTypes: ["core"] };

const may = (from, ...targets) => targets.map((to) => ({ from: { path: from }, to }));

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^@azure/functions-core$" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^(src|functions|local|dashboard)/", pathNot: "\\.d\\.ts$" },
      to: {},
    },
    {
      name: "functions-library-only-in-triggers",
      severity: "error",
      from: { path: "^(src|dashboard)/" },
      to: { path: "node_modules/@azure/functions/" },
    },
    {
      name: "shipped-code-imports-no-tests-or-runner",
      severity: "error",
      from: { path: "^(src|functions|dashboard)/" },
      to: { path: "^(test|bench|local)/" },
    },
    {
      name: "runner-knows-no-app",
      severity: "error",
      from: { path: "^local/", pathNot: "^local/history-player/" },
      to: { path: "^(src|functions|test|bench)/" },
    },
    {
      name: "triggers-are-loaded-by-tests-only",
      severity: "error",
      from: { pathNot: "^(functions|test)/" },
      to: { path: "^functions/" },
    },
  ],
  allowedSeverity: "error",
  allowed: [
    ...may("^src/domain/", { path: OWN("src/domain") }),
    ...may("^src/ports/", { path: "^src/(domain|ports)/", ...TYPES_ONLY }),
    ...may("^src/app/", { path: "^src/(app|domain|ports)/" }),
    ...may("^src/http/", { path: "^src/(http|app|domain)/" }, { path: "node_modules/zod/" }),
    ...may("^src/config/", { path: "^src/(config|domain)/" }, { path: "node_modules/zod/" }),
    ...may("^src/adapters/([^/]+)/", { path: "^src/adapters/$1/" }, { path: "^src/(domain|ports)/" }, NPM, CORE),
    ...may("^src/(composition|compose-routes|compose-adapters)\\.ts$", { path: "^src/" }, CORE),
    // What the API is like is generated, and served as it stands in the documents.
    ...may("^src/compose-routes\\.ts$", { path: "^docs/openapi\\.json$" }),
    ...may(
      "^functions/",
      { path: "^src/(app|http)/" },
      { path: "^src/composition\\.ts$" },
      { path: "node_modules/@azure/functions/" },
    ),
    ...may(
      "^dashboard/",
      { path: OWN("dashboard") },
      { path: "^src/http/contract/", ...TYPES_ONLY },
      { path: "node_modules/(?:preact|htm|uplot)/" },
    ),
    ...may("^local/", { path: OWN("local") }, NPM, CORE),
    ...may("^local/history-player/", { path: "^src/" }),
    ...may("^scripts/", { path: "^(scripts|src)/" }, NPM, CORE),
    ...may("^(test|bench)/", {}),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules/.cache" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

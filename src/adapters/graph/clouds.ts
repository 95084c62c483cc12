import { ConfigError } from "../../domain/errors.ts";

/** The clouds that have Intune, by the name that the configuration uses. */
export type GraphCloudName = "global" | "usgov" | "usgov-dod" | "china";

/** Where Graph and Entra ID of one cloud are; a token of one cloud is not valid in another. */
export interface GraphCloud {
  /** Scheme and host, no slash at the end. */
  readonly graphRoot: string;
  /** The Entra ID authority, no slash at the end. */
  readonly authorityHost: string;
  /** What a managed identity asks a token for, to use it as the credential of a multi-tenant app. */
  readonly tokenExchangeScope: string;
}

/**
 * Lists the four clouds.
 *
 * Source: learn.microsoft.com/graph/deployments, and for the exchange audiences
 * learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity, read 2026-11-22.
 */
export const GRAPH_CLOUDS: Readonly<Record<GraphCloudName, GraphCloud>> = {
  global: {
    graphRoot: "https://graph.microsoft.com",
    authorityHost: "https://login.microsoftonline.com",
    tokenExchangeScope: "api://AzureADTokenExchange/.default",
  },
  usgov: {
    graphRoot: "https://graph.microsoft.us",
    authorityHost: "https://login.microsoftonline.us",
    tokenExchangeScope: "api://AzureADTokenExchangeUSGov/.default",
  },
  "usgov-dod": {
    graphRoot: "https://dod-graph.microsoft.us",
    authorityHost: "https://login.microsoftonline.us",
    tokenExchangeScope: "api://AzureADTokenExchangeUSGov/.default",
  },
  china: {
    graphRoot: "https://microsoftgraph.chinacloudapi.cn",
    authorityHost: "https://login.chinacloudapi.cn",
    tokenExchangeScope: "api://AzureADTokenExchangeChina/.default",
  },
};

const LOOPBACK_ROOT = /^http:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/**
 * Returns the cloud of that name, or, when an endpoint is given, the cloud whose root the endpoint is.
 *
 * A simulated Graph on a loopback address stands in for the named cloud. Slashes at the end of the endpoint are cut.
 * @throws {ConfigError} When the endpoint is neither one of the four roots nor an http address with a loopback literal.
 */
export function chooseCloud(name: GraphCloudName, endpoint?: string): GraphCloud {
  if (endpoint === undefined) return GRAPH_CLOUDS[name];
  const graphRoot = endpoint.replace(/\/+$/, "");
  const known = Object.values(GRAPH_CLOUDS).find((cloud) => cloud.graphRoot === graphRoot);
  if (known !== undefined) return known;
  if (LOOPBACK_ROOT.test(graphRoot) && URL.canParse(graphRoot)) return { ...GRAPH_CLOUDS[name], graphRoot };
  const roots = Object.values(GRAPH_CLOUDS).map((cloud) => cloud.graphRoot);
  throw new ConfigError([
    {
      setting: "GRAPH_ENDPOINT",
      expected: `one of ${roots.join(", ")}, or http://127.0.0.1:<port> for a simulated Graph`,
    },
  ]);
}

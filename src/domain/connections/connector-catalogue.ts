import type { ConnectorMeaning } from "./reading.ts";

/** What is known of one connectorName. */
export interface ConnectorType {
  readonly displayName: string;
  /** What its `eventDateTime` means. */
  readonly meaning: ConnectorMeaning;
  /** Where its page is in the Intune admin center. */
  readonly portal: string;
  /** Why it is not watched unless the configuration asks for it. */
  readonly offReason?: string;
}

const CONNECTORS = "Tenant administration > Connectors and tokens";
const APPLE = "Devices > Enrollment > Apple";
/** The page that lists the state of every connector and leads to the page of each. */
export const CONNECTOR_STATUS_PAGE = "Tenant administration > Tenant status > Connector status";

/**
 * The members of connectorName in the order of their numbers.
 *
 * Source: Graph metadata and connectorName page (graph.md 2.4) for names and meanings; portal paths from Microsoft's Intune
 * documentation (MicrosoftDocs/memdocs, state of 2025), Connector status where no page of its own is known.
 */
const TYPES: Readonly<Record<string, ConnectorType>> = {
  applePushNotificationServiceExpirationDateTime: {
    displayName: "Apple MDM push certificate",
    meaning: "expiry",
    portal: `${APPLE} > Apple MDM Push Certificate`,
  },
  vppTokenExpirationDateTime: {
    displayName: "Apple VPP token expiry",
    meaning: "expiry",
    portal: `${CONNECTORS} > Apple VPP Tokens`,
  },
  vppTokenLastSyncDateTime: {
    displayName: "Apple VPP token sync",
    meaning: "sync",
    portal: `${CONNECTORS} > Apple VPP Tokens`,
  },
  windowsAutopilotLastSyncDateTime: {
    displayName: "Windows Autopilot sync",
    meaning: "sync",
    portal: "Devices > Enrollment > Windows > Windows Autopilot > Devices",
  },
  windowsStoreForBusinessLastSyncDateTime: {
    displayName: "Microsoft Store for Business sync",
    meaning: "sync",
    portal: CONNECTOR_STATUS_PAGE,
    offReason: "off by default: Microsoft Store for Business is a retired service",
  },
  jamfLastSyncDateTime: {
    displayName: "Jamf sync (legacy macOS integration)",
    meaning: "sync",
    portal: `${CONNECTORS} > Partner device management`,
    offReason: "off by default: the legacy Jamf macOS integration is unsupported since 1 September 2024",
  },
  ndesConnectorLastConnectionDateTime: {
    displayName: "NDES certificate connector",
    meaning: "connection",
    portal: `${CONNECTORS} > Certificate connectors`,
  },
  appleDepExpirationDateTime: {
    displayName: "Apple enrollment program token expiry",
    meaning: "expiry",
    portal: `${APPLE} > Enrollment program tokens`,
  },
  appleDepLastSyncDateTime: {
    displayName: "Apple enrollment program token sync",
    meaning: "sync",
    portal: `${APPLE} > Enrollment program tokens`,
  },
  onPremConnectorLastSyncDateTime: {
    displayName: "Exchange on-premises connector sync",
    meaning: "sync",
    portal: "Tenant administration > Exchange access",
  },
  googlePlayAppLastSyncDateTime: {
    displayName: "Managed Google Play app sync",
    meaning: "sync",
    portal: `${CONNECTORS} > Managed Google Play`,
  },
  googlePlayConnectorLastModifiedDateTime: {
    displayName: "Managed Google Play connector",
    meaning: "none",
    portal: `${CONNECTORS} > Managed Google Play`,
    offReason: "off by default: its date says when it was last modified, whose age means nothing",
  },
  windowsDefenderATPConnectorLastHeartbeatDateTime: {
    displayName: "Microsoft Defender for Endpoint connector",
    meaning: "heartbeat",
    portal: `${CONNECTORS} > Microsoft Defender for Endpoint`,
  },
  mobileThreatDefenceConnectorLastHeartbeatDateTime: {
    displayName: "Mobile threat defense connector",
    meaning: "heartbeat",
    portal: `${CONNECTORS} > Mobile Threat Defense`,
  },
  chromebookLastDirectorySyncDateTime: {
    displayName: "Chrome Enterprise directory sync",
    meaning: "sync",
    portal: `${CONNECTORS} > Chrome Enterprise`,
  },
  futureValue: {
    displayName: "Connector without a name (futureValue)",
    meaning: "none",
    portal: CONNECTOR_STATUS_PAGE,
  },
};

/** The names of the catalogue, in the order of their numbers in Graph. */
export const CONNECTOR_NAMES: readonly string[] = Object.keys(TYPES);

/** Returns what is known of a connector, undefined for a name that is not in the catalogue. */
export function connectorType(connectorName: string): ConnectorType | undefined {
  return Object.hasOwn(TYPES, connectorName) ? TYPES[connectorName] : undefined;
}

/** The connectorName whose silence lets Intune ignore threat levels; spelled the British way by Graph. */
export const MOBILE_THREAT_DEFENSE = "mobileThreatDefenceConnectorLastHeartbeatDateTime";

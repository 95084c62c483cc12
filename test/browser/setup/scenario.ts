import { defineScenario } from "../../../local/scenarios/load-scenario.ts";

/** How much past is played before the tests look: it always spans two UTC midnights. */
export const HISTORY_MS = 49 * 3_600_000;

/** How long ago the past ended: a poll less than half a period after the one before would move nothing. */
export const IDLE_MS = 8 * 60_000;

/** The tenant of the journeys. */
export const CONTOSO = "00000000-0000-4000-8000-0000000000a1";
/** A tenant one of whose sources cannot be read, with names that mean harm. */
export const NORTHWIND = "00000000-0000-4000-8000-0000000000b1";
/** A tenant without anything to watch. */
export const WOODGROVE = "00000000-0000-4000-8000-0000000000c1";

/** A tenant that no test has polled or gives an order: what it was told is what the played past told. */
export const TAILSPIN = "00000000-0000-4000-8000-0000000000d1";

/** A name that would be code, markup and a formula, were it not text; the mark in it turns the direction of writing. */
export const HOSTILE_NAME = `=1+1"><img src=x onerror=alert(1)><script>alert(2)</script>\u202Egpj.exe`;

/** The name of a maintenance window, as long as the configuration takes it, without a place to break it. */
export const HOSTILE_WINDOW = `<img src=x onerror=alert(3)>${"w".repeat(72)}`;

/** The maintenance window that keeps the partner with the hostile name quiet. */
export const WINDOW_ON = { name: HOSTILE_WINDOW, match: { connection: "=1+1*" } };

/** As long as Graph may send. */
export const LONG_NAME = `Long ${"name".repeat(2_500)}`;

/** Two days of four tenants; the tests begin a little after zero + PT49H. */
export const scenario = defineScenario({
  name: "browser",
  title: "What the page has to show",
  tenants: [
    {
      id: CONTOSO,
      name: "Contoso (simulated)",
      connections: [
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-00000000a001",
          name: "VMware Workspace ONE",
          note: "silent and unresponsive; dates were set",
          timeline: [
            { at: "-P6DT9M", do: "beat", every: "PT4H" },
            { at: "-P4D", do: "silence" },
            { at: "PT20H", do: "set", state: "unresponsive", noncompliance: "P8DT12H", removal: "P90D" },
          ],
        },
        {
          kind: "compliance-management-partner",
          id: "00000000-0000-4000-8000-00000000a002",
          name: "Kandji",
          note: "crosses its threshold in the played past",
          platforms: ["ios"],
          timeline: [
            { at: "-P3D", do: "beat", every: "PT4H" },
            { at: "PT1H", do: "silence" },
          ],
        },
        {
          kind: "compliance-management-partner",
          id: "00000000-0000-4000-8000-00000000a003",
          name: "Jamf Device Compliance",
          note: "late at first, well again after ten hours",
          platforms: ["macOs"],
          timeline: [
            { at: "-P3D", do: "beat", every: "PT4H" },
            { at: "-PT38H", do: "silence" },
            { at: "PT10H", do: "beat", every: "PT1H" },
          ],
        },
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-00000000a004",
          name: "Contoso Endpoint Bridge",
          timeline: [{ at: "-PT67M", do: "beat", every: "PT1H" }],
        },
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-00000000a005",
          name: "Contoso Legacy Manager",
          note: "offered, never set up",
          state: "unknown",
          isConfigured: false,
          assignments: [],
        },
        {
          kind: "connector",
          connectorName: "applePushNotificationServiceExpirationDateTime",
          expires: "P8DT3H",
        },
      ],
    },
    {
      id: NORTHWIND,
      name: "Northwind (simulated)",
      connections: [
        {
          kind: "compliance-management-partner",
          id: "00000000-0000-4000-8000-00000000b001",
          name: "SOTI MobiControl",
          platforms: ["android"],
          timeline: [{ at: "-PT67M", do: "beat", every: "PT1H" }],
        },
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-00000000b002",
          name: HOSTILE_NAME,
          timeline: [
            { at: "-P6D", do: "beat", every: "PT4H" },
            { at: "-P4D", do: "silence" },
          ],
        },
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-00000000b003",
          name: LONG_NAME,
          timeline: [{ at: "-PT67M", do: "beat", every: "PT1H" }],
        },
      ],
      faults: [{ source: "complianceManagementPartners", from: "PT40H", to: "P400D", fault: { kind: "forbidden" } }],
    },
    { id: WOODGROVE, name: "Woodgrove (simulated)" },
    {
      id: TAILSPIN,
      name: "Tailspin (simulated)",
      connections: [
        {
          kind: "compliance-management-partner",
          id: "00000000-0000-4000-8000-00000000d001",
          name: "Hexnode UEM",
          note: "crosses its threshold in the played past",
          platforms: ["ios"],
          timeline: [
            { at: "-P3D", do: "beat", every: "PT4H" },
            { at: "PT1H", do: "silence" },
          ],
        },
      ],
    },
  ],
});

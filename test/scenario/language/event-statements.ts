import { addDeed, addEvent, currentTenant, tenantNamed, toIsoSpan } from "./draft.ts";
import { READ_FAILURES, SEND_FAILURES } from "./slots.ts";
import { type Statement, statement } from "./statement.ts";

const ANY = /./;
const PARTNER = /partner$/;
const DEVICE_PARTNER = /^device/;
const COMPLIANCE_PARTNER = /^compliance/;
const CONNECTOR = /^connector/;
const BEATING = /(partner|connector)$/;
const EXPIRING = / that expires$/;

/** What happens to connections. */
export const EVENT_STATEMENTS: readonly Statement[] = [
  statement(
    "at <time> <connection> beats every <span>",
    "Is in touch, or syncs, now and from now on.",
    (draft, slots) => addEvent(draft, { ...slots, kinds: BEATING }, { do: "beat", every: toIsoSpan(slots.span) }),
  ),
  statement("at <time> <connection> falls silent", "Is in touch, or syncs, for the last time.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: BEATING }, { do: "beat" }),
  ),
  statement(
    "at <time> <connection> turns <state:partnerState>",
    "Intune gives the partner this state.",
    (draft, slots) => addEvent(draft, { ...slots, kinds: PARTNER }, { do: "set", state: slots.state }),
  ),
  statement(
    "at <time> <connection> plans <deadline> at <date:time>",
    "Intune sets, or moves, the date at which the partner's devices are marked noncompliant or removed.",
    (draft, slots) =>
      addEvent(draft, { ...slots, kinds: DEVICE_PARTNER }, { do: "set", [slots.deadline]: toIsoSpan(slots.date) }),
  ),
  statement("at <time> <connection> cancels <deadline>", "Intune takes that date back.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: DEVICE_PARTNER }, { do: "set", [slots.deadline]: "none" }),
  ),
  statement("at <time> <connection> is configured <yesNo>", "Somebody turns the partner on or off.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: DEVICE_PARTNER }, { do: "set", isConfigured: slots.yesNo === "yes" }),
  ),
  statement(
    "at <time> <connection> covers <platforms>",
    "Somebody onboards these platforms and no others.",
    (draft, slots) =>
      addEvent(draft, { ...slots, kinds: COMPLIANCE_PARTNER }, { do: "set", platforms: slots.platforms }),
  ),
  statement(
    "at <time> <connection> is assigned to <assignments>",
    "Somebody changes who is enrolled through the partner. Default: all-users.",
    (draft, slots) => {
      const assignments = slots.assignments === "none" ? [] : [slots.assignments];
      addEvent(draft, { ...slots, kinds: PARTNER }, { do: "set", assignments });
    },
  ),
  statement("at <time> <connection> is renamed to <name:text>", "Intune shows it under another name.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: PARTNER }, { do: "set", name: slots.name }),
  ),
  statement("at <time> <connection> renews until <date:time>", "A new certificate or token.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: EXPIRING }, { do: "renew", expires: toIsoSpan(slots.date) }),
  ),
  statement(
    "at <time> <connection> is called <health>",
    "Microsoft's verdict on the connector; automatic follows Intune's own rule, the default.",
    (draft, slots) => addEvent(draft, { ...slots, kinds: CONNECTOR }, { do: "set", status: slots.health }),
  ),
  statement("at <time> <connection> disappears", "Graph no longer lists it.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: ANY }, { do: "disappear" }),
  ),
  statement(
    "at <time> <connection> appears",
    "Graph lists it; one that never disappeared was not there before.",
    (draft, slots) => addEvent(draft, { ...slots, kinds: ANY }, { do: "appear" }),
  ),
  statement(
    "at <time> <connection> sends <field:word> <content:text>",
    "Graph sends this text in this property, and everything else as it is.",
    (draft, slots) =>
      addEvent(draft, { ...slots, kinds: ANY }, { do: "corrupt", fields: { [slots.field]: slots.content } }),
  ),
  statement("at <time> <connection> is sound again", "Graph sends every property as it is.", (draft, slots) =>
    addEvent(draft, { ...slots, kinds: ANY }, { do: "corrupt" }),
  ),
  statement(
    "at <time> source <source> fails <failure:readFailure> for <span>",
    "Graph refuses one collection of the tenant above, or every one, answers without any row (empty), or says that the tenant does not have it.",
    (draft, { time, source, failure, span }) => {
      const stretch = { from: toIsoSpan(time), to: toIsoSpan(time + span) };
      currentTenant(draft).faults.push(
        ...source.map((id) => ({ source: id, ...stretch, fault: READ_FAILURES[failure] })),
      );
    },
  ),
  statement("at <time> monitor stops for <span>", "Nothing is polled and nothing is sent.", (draft, { time, span }) => {
    draft.stops.push({ fromMs: time, toMs: time + span });
  }),
  statement(
    "at <time> channel <channel> fails <failure:sendFailure> for <span>",
    "The channel does not take what it is sent.",
    (draft, { time, channel, failure, span }) => {
      draft.sendFailures.push({ channel, outcome: SEND_FAILURES[failure], fromMs: time, toMs: time + span });
    },
  ),
  statement(
    "at <time> tenant <name:text> is not polled for <span>",
    "The tenant's polls do not run; all others do.",
    (draft, { time, name, span }) => {
      const tenantId = tenantNamed(draft, name).id;
      draft.tenantFaults.push({ kind: "hangs", tenantId, fromMs: time, toMs: time + span });
    },
  ),
  statement(
    "at <time> tenant <name:text> leaves",
    "The tenant leaves the configuration for good.",
    (draft, { time, name }) => {
      const tenantId = tenantNamed(draft, name).id;
      draft.tenantFaults.push({ kind: "has-left", tenantId, fromMs: time, toMs: Number.POSITIVE_INFINITY });
    },
  ),
  statement(
    "at <time> clock runs ahead by <ahead:span> for <span>",
    "The monitor's clock is ahead of Graph's; times of the scenario count true.",
    (draft, { time, ahead: aheadMs, span }) => {
      draft.clockFaults.push({ aheadMs, fromMs: time, toMs: time + span });
    },
  ),
  statement(
    "at <time> clock runs behind by <behind:span> for <span>",
    "The monitor's clock is set back, and later right again.",
    (draft, { time, behind, span }) => {
      draft.clockFaults.push({ aheadMs: -behind, fromMs: time, toMs: time + span });
    },
  ),
  statement("at <time> storage takes no writes for <span>", "Tables can be read only.", (draft, { time, span }) => {
    draft.storageFaults.push({ kind: "read-only", fromMs: time, toMs: time + span });
  }),
  statement(
    "at <time> storage fails <share> of calls for <span>",
    "So many calls of tables fail by chance, half of them after all was done. What is sent again for that reason is not counted.",
    (draft, { time, share: failingRatio, span }) => {
      draft.storageFaults.push({ kind: { failingRatio }, fromMs: time, toMs: time + span });
    },
  ),
  statement(
    "at <time> storage damages <connection>",
    "What is remembered of the connection can no longer be read.",
    (draft, { time, connection }) =>
      addDeed(draft, time, async (actions) => {
        const isKnown = await actions.damage(connection);
        return isKnown ? undefined : `a watched connection ${connection}`;
      }),
  ),
];

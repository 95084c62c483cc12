import { defined } from "../../../src/domain/defined.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { addChange, addDeed } from "./draft.ts";
import { type Statement, statement } from "./statement.ts";

/** What people do to keep it quiet. */
export const PERSON_STATEMENTS: readonly Statement[] = [
  statement(
    "at <time> mute [rule <rule:word>] [connection <connection>] [severity <severity>] for <span>",
    "Somebody silences the alerts of the tenant above that all of this fits; rule and connection may be patterns with *.",
    (draft, { time, rule, connection, severity, span }) =>
      addDeed(draft, time, async (actions, nowMs) => {
        await actions.silence(defined({ rule, connection, severity }), nowMs + span);
        return undefined;
      }),
  ),
  statement("at <time> unmute", "Somebody ends all silences of the tenant above.", (draft, { time }) =>
    addDeed(draft, time, async (actions) => {
      await actions.endSilences();
      return undefined;
    }),
  ),
  statement(
    "at <time> acknowledge <rule> <connection> for <span>",
    "Somebody says that the open alert is being looked after.",
    (draft, { time, rule, connection, span }) =>
      addDeed(draft, time, async (actions, nowMs) => {
        const isOpen = await actions.acknowledge(rule, connection, nowMs + span);
        return isOpen ? undefined : `an open alert ${rule} of ${connection}`;
      }),
  ),
  statement(
    "at <time> forget acknowledgement <rule> <connection>",
    "Somebody takes the acknowledgement of an alert back.",
    (draft, { time, rule, connection }) =>
      addDeed(draft, time, async (actions) => {
        const wasThere = await actions.takeBack(rule, connection);
        return wasThere ? undefined : `an acknowledgement of ${rule} of ${connection}`;
      }),
  ),
  statement(
    "at <time> accept removal of <connection>",
    "Somebody says that a connection that is missing was removed on purpose.",
    (draft, { time, connection }) =>
      addDeed(draft, time, async (actions) => {
        const isMissing = await actions.acceptRemoval(connection);
        return isMissing ? undefined : `a missing connection ${connection}`;
      }),
  ),
  statement(
    "at <time> reset <connection>",
    "Somebody sets aside what is remembered of a connection and can no longer be read.",
    (draft, { time, connection }) =>
      addDeed(draft, time, async (actions) => {
        const wasDamaged = await actions.reset(connection);
        return wasDamaged ? undefined : `a damaged connection ${connection}`;
      }),
  ),
  statement(
    "window <name:text> <weekday> <clock> for <span> in <zone:word> [for <connection>] [from <time>]",
    "A maintenance window, each week from this time on the clock of the zone, such as 22:00 in Europe/Berlin.",
    (draft, { name, weekday, clock, span: durationMs, zone: timeZone, connection, time }) => {
      const startMinute = clock / MINUTE_MS;
      const window = { name, weekdays: [weekday], startMinute, durationMs, timeZone, match: defined({ connection }) };
      addChange(draft, time, (policy) => ({ ...policy, maintenance: [...policy.maintenance, window] }));
    },
  ),
];

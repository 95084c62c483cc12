import { maintenanceSchema } from "../../../src/config/maintenance.schema.ts";
import { defined } from "../../../src/domain/defined.ts";
import { MAX_ACKNOWLEDGEMENT_MS } from "../../../src/domain/suppression/acknowledgement.ts";
import type { MaintenanceWindow } from "../../../src/domain/suppression/maintenance-window.ts";
import { MAX_SILENCE_MS } from "../../../src/domain/suppression/silence.ts";
import { formatDuration } from "../../../src/domain/units.ts";
import { addChange, addDeed } from "./draft.ts";
import { StatementError } from "./script-error.ts";
import { formatSpan } from "./span.ts";
import { type Statement, statement } from "./statement.ts";

/** What people do to keep it quiet. */
export const PERSON_STATEMENTS: readonly Statement[] = [
  statement(
    "at <time> mute [rule <rule:word>] [connection <connection>] [severity <severity>] for <span>",
    `Somebody silences the alerts of the tenant above that all of this fits, for ${formatSpan(MAX_SILENCE_MS)} at most; rule and connection may be patterns with *.`,
    (draft, { time, rule, connection, severity, span }) => {
      checkLength(span, MAX_SILENCE_MS);
      addDeed(draft, time, async (actions, nowMs) => {
        await actions.silence(defined({ rule, connection, severity }), nowMs + span);
        return undefined;
      });
    },
  ),
  statement("at <time> unmute", "Somebody ends all silences of the tenant above.", (draft, { time }) =>
    addDeed(draft, time, async (actions) => {
      await actions.endSilences();
      return undefined;
    }),
  ),
  statement(
    "at <time> acknowledge <rule> <connection> for <span>",
    `Somebody says that the open alert is being looked after, for ${formatSpan(MAX_ACKNOWLEDGEMENT_MS)} at most.`,
    (draft, { time, rule, connection, span }) => {
      checkLength(span, MAX_ACKNOWLEDGEMENT_MS);
      addDeed(draft, time, async (actions, nowMs) => {
        const isOpen = await actions.acknowledge(rule, connection, nowMs + span);
        return isOpen ? undefined : `an open alert ${rule} of ${connection}`;
      });
    },
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
    "A maintenance window, each week from this time on the clock of the zone, such as 22:00 in Europe/Berlin; all as in docs/settings.md.",
    (draft, { name, weekday, clock: start, span, zone: timeZone, connection, time }) => {
      const duration = formatDuration(span);
      const match = defined({ connection });
      const windows = readWindows({ name, weekdays: [weekday], start, duration, timeZone, match });
      addChange(draft, time, (policy) => ({ ...policy, maintenance: [...policy.maintenance, ...windows] }));
    },
  ),
];

/** Refuses what the API would refuse. */
function checkLength(spanMs: number, maxMs: number): void {
  if (spanMs > maxMs)
    throw new StatementError(`a length of time up to ${formatSpan(maxMs)}, found ${formatSpan(spanMs)}`);
}

/** Reads a window as the configuration is read, with its limits. */
function readWindows(entry: object): readonly MaintenanceWindow[] {
  const result = maintenanceSchema.safeParse([entry]);
  if (result.success) return result.data.map(({ window }) => window);
  const [issue] = result.error.issues;
  const [, member] = issue?.path ?? [];
  throw new StatementError(`a window whose ${String(member)} is ${issue?.message}`);
}

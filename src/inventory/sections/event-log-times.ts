import type { EventLog } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { isAfter } from '../values/possible-day.ts';

/** The log without times that lie behind the last possible day: they say that the BMC's clock was wrong, and nothing of when something happened. */
export function withPossibleTimes(log: EventLog, last: Date): EventLog {
  const { lastAdded, lastErased, newestCritical = [] } = log;
  const told = [lastAdded, ...newestCritical.map(({ time }) => time), lastErased];
  const impossibleTime = told.find((time) => isAfter(last, time));
  if (impossibleTime === undefined) return log;
  const possible = (time: string | undefined): string | undefined => (isAfter(last, time) ? undefined : time);
  const { lastAdded: _added, lastErased: _erased, newestCritical: _newest, ...rest } = log;
  return {
    ...rest,
    ...definedOnly({ lastAdded: possible(lastAdded), lastErased: possible(lastErased), impossibleTime }),
    ...definedOnly({
      newestCritical: log.newestCritical?.map(({ time, ...event }) => ({ ...definedOnly({ time: possible(time) }), ...event })),
    }),
  };
}

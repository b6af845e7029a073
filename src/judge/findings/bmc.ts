import type { EventLog } from '../../domain/record/bmc.ts';
import type { Finding } from '../../domain/record/finding.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** `cr` critical, `nr` non-recoverable, as ipmitool prints it; with `lnc` and its like only a warning limit was passed. */
const BAD_SENSOR = /^[lu]?(cr|nr)$/i;

/** A log that is so full loses what comes next. */
const FULL_PERCENT = 95;

/** What the BMC says: sensors beyond their critical limits, and critical events in its log. */
export function findBmcTrouble({ name, record }: NamedRecord): Finding[] {
  const bmc = sectionData(record.sections.bmc);
  const sensors = (bmc?.sensors ?? []).flatMap((sensor, at): Finding[] => {
    if (!BAD_SENSOR.test(sensor.status ?? '')) return [];
    const reading = sensor.value === undefined ? sensor.text : [sensor.value, sensor.unit].filter((part) => part !== undefined).join(' ');
    const message = `sensor ${sensor.name} is beyond its critical limit${reading === undefined ? '' : `: ${reading}`}`;
    return [{ severity: 'warning', code: 'sensor', machine: name, message, evidence: `bmc.sensors[${at}]` }];
  });
  return [...sensors, ...eventLog(name, bmc?.eventLog)];
}

function eventLog(machine: string, log: EventLog | undefined): Finding[] {
  const found: Finding[] = [];
  const critical = log?.critical ?? 0;
  const newest = log?.newestCritical?.[0];
  if (critical > 0) {
    const last =
      newest === undefined
        ? ''
        : `, the newest ${[newest.sensor, newest.event, newest.time].filter((part) => part !== undefined).join(', ')}`;
    const message = `the event log of the BMC holds ${critical} critical event${critical === 1 ? '' : 's'}${last}`;
    found.push({ severity: 'warning', code: 'sel-critical', machine, message, evidence: 'bmc.eventLog.critical' });
  }
  if (log?.impossibleTime !== undefined) {
    const message = `the clock of the BMC was wrong: its event log speaks of ${log.impossibleTime}`;
    found.push({ severity: 'note', code: 'bmc-clock', machine, message, evidence: 'bmc.eventLog.impossibleTime' });
  }
  const percentUsed = log?.percentUsed ?? 0;
  if (percentUsed >= FULL_PERCENT) {
    const message = `the event log of the BMC is ${percentUsed} % full; new events may be lost`;
    found.push({ severity: 'note', code: 'sel-full', machine, message, evidence: 'bmc.eventLog.percentUsed' });
  }
  return found;
}

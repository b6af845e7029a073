import { type Finding, type NamedRecord, sectionData } from './finding.ts';

/** `cr` critical, `nr` non-recoverable, as ipmitool prints it; with `lnc` and its like only a warning limit was passed. */
const BAD_SENSOR = /^[lu]?(cr|nr)$/i;

/** What the BMC says: sensors beyond their critical limits, and critical events in its log. */
export function findBmcTrouble({ name, record }: NamedRecord): Finding[] {
  const bmc = sectionData(record.sections.bmc);
  const sensors = (bmc?.sensors ?? []).flatMap((sensor, at): Finding[] => {
    if (!BAD_SENSOR.test(sensor.status ?? '')) return [];
    const reading = sensor.value === undefined ? sensor.text : [sensor.value, sensor.unit].filter((part) => part !== undefined).join(' ');
    const message = `sensor ${sensor.name} is beyond its critical limit${reading === undefined ? '' : `: ${reading}`}`;
    return [{ severity: 'warning', code: 'sensor', machine: name, message, evidence: `bmc.sensors[${at}]` }];
  });
  const critical = bmc?.eventLog?.critical ?? 0;
  if (critical === 0) return sensors;
  const message = `the event log of the BMC holds ${critical} critical events`;
  return [...sensors, { severity: 'warning', code: 'sel-critical', machine: name, message, evidence: 'bmc.eventLog.critical' }];
}

import type { Finding } from '../../domain/record/finding.ts';
import type { PowerSupply } from '../../domain/record/platform.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** Power supplies and fans, as the firmware describes them, and its own date. */
export function findPlatformTrouble({ name, record }: NamedRecord): Finding[] {
  const all = sectionData(record.sections.powerSupplies) ?? [];
  const fitted = all.filter((supply) => supply.present !== false).length;
  const supplies = all.flatMap((supply, at): Finding[] => {
    const wrong = supplyTrouble(supply);
    if (wrong === undefined) return [];
    const [said, key] = wrong;
    // boards with more places than the chassis has bays say so of each; with two fitted nothing is lost
    const severity = key === 'present' && fitted >= 2 ? 'note' : 'warning';
    const place = supply.location ?? supply.name ?? `number ${at + 1}`;
    const who = /power|psu/i.test(place) ? place : `power supply ${place}`;
    return [{ severity, code: 'psu', machine: name, message: `${who} ${said}`, evidence: `powerSupplies[${at}].${key}` }];
  });
  const fans = (sectionData(record.sections.fans) ?? []).flatMap((fan, at): Finding[] =>
    isBad(fan.status)
      ? [
          {
            severity: 'warning',
            code: 'fan',
            machine: name,
            message: `fan ${fan.description ?? at + 1} is ${fan.status}`,
            evidence: `fans[${at}].status`,
          },
        ]
      : [],
  );
  return [...supplies, ...fans, ...oddDate(name, sectionData(record.sections.firmware)?.impossibleDate)];
}

function oddDate(machine: string, date: string | undefined): Finding[] {
  if (date === undefined) return [];
  const message = `the firmware says that it was released on ${date}, which is still to come`;
  return [{ severity: 'note', code: 'firmware-date', machine, message, evidence: 'firmware.impossibleDate' }];
}

function supplyTrouble(supply: PowerSupply): [said: string, key: keyof PowerSupply & string] | undefined {
  if (supply.present === false) return ['is not there', 'present'];
  if (isBad(supply.status)) return [`is ${supply.status}`, 'status'];
  return supply.plugged === false ? ['has no mains', 'plugged'] : undefined;
}

function isBad(status: string | undefined): boolean {
  return /^(critical|non-critical|non-recoverable)/i.test(status ?? '');
}

import type { Finding } from '../../domain/record/finding.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** Ports whose card keeps LLDP frames for itself, so that nobody knows which switch they hang on. */
export function findNetworkTrouble({ name, record }: NamedRecord): Finding[] {
  return (sectionData(record.sections.nics) ?? []).flatMap((nic, at): Finding[] => {
    const isDeaf = nic.firmwareLldpAgent === true && nic.linkUp === true && (nic.lldp ?? []).length === 0;
    if (!isDeaf) return [];
    const message = `${nic.name} has a link and no neighbour: the card's own LLDP agent keeps the switch's frames from the inventory`;
    return [{ severity: 'note', code: 'firmware-lldp', machine: name, message, evidence: `nics[${at}].firmwareLldpAgent` }];
  });
}

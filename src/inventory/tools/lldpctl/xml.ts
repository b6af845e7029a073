import type { LldpNeighbour } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { cleanValue } from '../../../domain/values/text.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { parseXml, type XmlElement } from '../../values/xml-tree.ts';
import { readVlans } from './vlan.ts';

/** Neighbours by local interface from `lldpctl -f xml`. */
export function parseLldpctlXml(text: string): Map<string, LldpNeighbour[]> {
  const found = new Map<string, LldpNeighbour[]>();
  for (const entry of parseXml(text)
    .filter((root) => root.name === 'lldp')
    .flatMap((root) => root.children)) {
    const name = cleanValue(entry.attributes['name']);
    if (entry.name !== 'interface' || name === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), readNeighbour(entry)]);
  }
  return found;
}

function readNeighbour(entry: XmlElement): LldpNeighbour {
  const chassis = entry.children.find((child) => child.name === 'chassis');
  const port = entry.children.find((child) => child.name === 'port');
  const addresses = texts(chassis, 'mgmt-ip');
  return definedOnly<LldpNeighbour>({
    chassisName: texts(chassis, 'name')[0],
    chassisId: texts(chassis, 'id')[0],
    chassisDescription: texts(chassis, 'descr')[0],
    portId: texts(port, 'id')[0],
    portDescription: texts(port, 'descr')[0],
    managementAddresses: nonEmpty(addresses),
    ...readVlans(
      entry.children
        .filter((child) => child.name === 'vlan')
        .map((vlan) => ({ id: vlan.attributes['vlan-id'], name: cleanValue(vlan.text), pvid: vlan.attributes['pvid'] })),
    ),
  });
}

function texts(element: XmlElement | undefined, name: string): string[] {
  return (element?.children ?? [])
    .filter((child) => child.name === name)
    .map((child) => cleanValue(child.text))
    .filter((text) => text !== undefined);
}

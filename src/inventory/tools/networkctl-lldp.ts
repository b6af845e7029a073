import type { LldpNeighbour } from '../../domain/record/network.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { asCount, asText, objects, parseToolJson } from '../values/json-value.ts';

/**
 * Neighbours by local interface, from `networkctl lldp --json=short` (systemd 256 and later). It tells less than lldpctl: no addresses of the switch, and of
 * VLANs the untagged one alone.
 */
export function parseNetworkctlLldp(bytes: Uint8Array | undefined): Map<string, LldpNeighbour[]> {
  const found = new Map<string, LldpNeighbour[]>();
  for (const answer of objects(parseToolJson(bytes)))
    for (const port of objects(answer['Neighbors'])) {
      const name = asText(port['InterfaceName']);
      const neighbours = objects(port['Neighbors']).map(readNeighbour);
      if (name !== undefined && neighbours.length > 0) found.set(name, neighbours);
    }
  return found;
}

function readNeighbour(entry: Record<string, unknown>): LldpNeighbour {
  const pvid = asCount(entry['VlanID']);
  return definedOnly<LldpNeighbour>({
    chassisName: asText(entry['SystemName']),
    chassisId: asText(entry['ChassisID']),
    chassisDescription: asText(entry['SystemDescription']),
    portId: asText(entry['PortID']),
    portDescription: asText(entry['PortDescription']),
    // 0 means none there, as with lldpctl
    pvid: pvid === 0 ? undefined : pvid,
  });
}

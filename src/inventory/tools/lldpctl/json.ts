import type { LldpNeighbour } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { asText, isObject, member, objects, parseToolJson } from '../../values/json-value.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { readVlans } from './vlan.ts';

/**
 * Neighbours by local interface, from `lldpctl -f json` or `json0`. The first keys interfaces and chassis by their names and
 * writes one neighbour as an object, several as a list; the second is lists with `name` and `value` throughout.
 */
export function parseLldpctlJson(bytes: Uint8Array | undefined): Map<string, LldpNeighbour[]> {
  const found = new Map<string, LldpNeighbour[]>();
  for (const lldp of objects(member(parseToolJson(bytes), 'lldp'))) {
    for (const entry of objects(lldp['interface'])) {
      for (const [name, neighbour] of namedInterfaces(entry)) {
        found.set(name, [...(found.get(name) ?? []), readNeighbour(neighbour)]);
      }
    }
  }
  return found;
}

function namedInterfaces(entry: Record<string, unknown>): [string, Record<string, unknown>][] {
  const name = asText(entry['name']);
  if (name !== undefined) return [[name, entry]];
  return Object.entries(entry).flatMap(([key, value]) => objects(value).map((item): [string, Record<string, unknown>] => [key, item]));
}

function readNeighbour(entry: Record<string, unknown>): LldpNeighbour {
  const { name, chassis } = chassisOf(entry['chassis']);
  const port = objects(entry['port'])[0];
  const addresses = values(chassis?.['mgmt-ip']);
  return definedOnly<LldpNeighbour>({
    chassisName: name,
    chassisId: values(chassis?.['id'])[0],
    chassisDescription: values(chassis?.['descr'])[0],
    portId: values(port?.['id'])[0],
    portDescription: values(port?.['descr'])[0],
    managementAddresses: nonEmpty(addresses),
    ...readVlans(
      objects(entry['vlan']).map((vlan) => ({
        id: asText(vlan['vlan-id']),
        name: asText(vlan['value']),
        pvid: typeof vlan['pvid'] === 'boolean' ? vlan['pvid'] : asText(vlan['pvid']),
      })),
    ),
  });
}

/** `{"switch-1": {"id": …}}`, or `{"id": …}` for a neighbour that tells no name. */
function chassisOf(value: unknown): { name: string | undefined; chassis: Record<string, unknown> | undefined } {
  const chassis = objects(value)[0];
  const only = chassis === undefined ? [] : Object.entries(chassis);
  const [key, inner] = only[0] ?? [];
  if (only.length === 1 && isObject(inner) && key !== 'id') return { name: asText(key), chassis: inner };
  return { name: values(chassis?.['name'])[0], chassis };
}

/** Text, `{value}` and lists of both. */
function values(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .map((item) => asText(isObject(item) ? item['value'] : item))
    .filter((text) => text !== undefined);
}

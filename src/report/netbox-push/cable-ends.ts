import { idIn, type KnownIds, type Match } from './match.ts';
import { type NetboxObject, nestedObject, plainField, textField } from './netbox-object.ts';
import { refKey, type WantedObject } from './wanted.ts';

export type CableMatch = Match | { farEnd: number };

/**
 * What is at the two ends of a wanted cable. NetBox shows cables at its interfaces; those of machines and of the switches that LLDP names are looked at.
 * @param switches devices by what LLDP calls them
 */
export function cableFinder(objects: readonly NetboxObject[], switches: readonly NetboxObject[]) {
  const byId = new Map(objects.map((port) => [port.id, port]));
  const byPort = Map.groupBy(objects, (port) => `${plainField(port, 'device')} ${textField(port, 'name').toLowerCase()}`);
  const byName = Map.groupBy(switches, (device) => textField(device, 'name').toLowerCase());
  return (wanted: WantedObject, ids: KnownIds): CableMatch => {
    const { device = '', port = '' } = wanted.farEnd ?? {};
    const [found, another] = switchNames(device).flatMap((name) => byName.get(name.toLowerCase()) ?? []);
    if (found === undefined) return { left: `NetBox has no switch ${device}` };
    if (another !== undefined) return { left: `NetBox has several devices called ${device}` };
    const [far] = byPort.get(`${found.id} ${port.toLowerCase()}`) ?? [];
    if (far === undefined) return { left: `the switch ${device} has no port ${port} in NetBox` };
    const near = ownPort(wanted, ids);
    const own = near === undefined ? undefined : byId.get(near);
    const cable = own === undefined ? undefined : nestedObject(own, 'cable');
    if (cable !== undefined) return peersOf(own).includes(far.id) ? { object: cable } : { left: 'NetBox has another cable at this port' };
    return nestedObject(far, 'cable') === undefined ? { farEnd: far.id } : { left: `NetBox has another cable at ${device} ${port}` };
  };
}

/** As LLDP says it, and without its domain: NetBox has one or the other. */
export function switchNames(told: string): string[] {
  return [...new Set([told, told.replace(/\..*$/, '')])].filter((name) => name !== '');
}

function ownPort({ first }: WantedObject, ids: KnownIds): number | undefined {
  const end = first['a_terminations'];
  return typeof end === 'object' && 'endAt' in end ? ids.get(refKey(end.endAt)) : idIn(first, 'a_terminations', ids);
}

function peersOf(port: NetboxObject | undefined): number[] {
  const peers = port?.['link_peers'];
  return Array.isArray(peers) ? peers.flatMap((peer: unknown) => (hasId(peer) ? [peer.id] : [])) : [];
}

function hasId(value: unknown): value is { id: number } {
  return typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'number';
}

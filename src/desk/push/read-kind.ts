import { switchNames } from '../../report/netbox-push/cable-ends.ts';
import type { NetboxKind } from '../../report/netbox-push/kinds.ts';
import type { KnownIds } from '../../report/netbox-push/match.ts';
import type { NetboxObject } from '../../report/netbox-push/netbox-object.ts';
import { refKey, type WantedObject } from '../../report/netbox-push/wanted.ts';
import type { FilterWord, NetboxClient } from './netbox-client.ts';

export interface ReadObjects {
  objects: readonly NetboxObject[];
  /** of cables: devices by what LLDP calls them */
  switches: readonly NetboxObject[];
}

/** Asks NetBox for what may be the wanted objects of a kind: lists of names as a whole, devices by number and name, and what belongs to devices by these. */
export async function readKind(
  client: NetboxClient,
  kind: NetboxKind,
  wanteds: readonly WantedObject[],
  ids: KnownIds,
): Promise<ReadObjects> {
  if (wanteds.length === 0) return { objects: [], switches: [] };
  if (kind === 'cable') return readCables(client, wanteds, ids);
  const ofDevices = deviceIds(wanteds, ids).map((id): FilterWord => ['device_id', String(id)]);
  return { objects: await once(client, kind, filters(kind, wanteds, ofDevices)), switches: [] };
}

/** What the objects are asked for by. */
function filters(kind: NetboxKind, wanteds: readonly WantedObject[], ofDevices: readonly FilterWord[]): readonly FilterWord[] {
  switch (kind) {
    case 'site':
    case 'manufacturer':
    case 'deviceRole':
    case 'itemRole':
    case 'deviceType':
    case 'moduleType':
      return [['brief', 'true']];
    case 'rack':
      return wanteds.map(({ words }): FilterWord => ['name__ie', words]);
    case 'device':
      return [
        ['exclude', 'config_context'],
        ...of(
          'serial',
          wanteds.map(({ first }) => first['serial']),
        ),
        ...of(
          'name__ie',
          wanteds.map(({ first }) => first['name']),
        ),
        ...of(
          'asset_tag',
          wanteds.map(({ first }) => first['asset_tag']),
        ),
      ];
    case 'ip':
      return [
        ...of(
          'address',
          wanteds.map(({ key }) => key),
        ),
        ...ofDevices,
      ];
    default:
      return ofDevices;
  }
}

function of(name: string, values: readonly unknown[]): FilterWord[] {
  return [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))].map(
    (value): FilterWord => [name, String(value)],
  );
}

/** Interfaces at both ends: NetBox shows at each its cable and what is at the other end. */
async function readCables(client: NetboxClient, wanteds: readonly WantedObject[], ids: KnownIds): Promise<ReadObjects> {
  const names = [...new Set(wanteds.flatMap(({ farEnd }) => switchNames(farEnd?.device ?? '')))];
  const switches = await once(client, 'device', [['exclude', 'config_context'], ...of('name__ie', names)]);
  const devices = [...new Set([...switches.map(({ id }) => id), ...deviceIds(wanteds, ids)])];
  return {
    objects: await once(
      client,
      'interface',
      devices.map((id): FilterWord => ['device_id', String(id)]),
    ),
    switches,
  };
}

function deviceIds(wanteds: readonly WantedObject[], ids: KnownIds): number[] {
  const found = wanteds.map(({ device = '' }) => ids.get(refKey({ kind: 'device', key: device })));
  return [...new Set(found.filter((id) => id !== undefined))];
}

/** An object that two filters let through is one. */
async function once(client: NetboxClient, kind: NetboxKind, query: readonly FilterWord[]): Promise<NetboxObject[]> {
  const isWhole = query.every(([name]) => name === 'brief');
  // without a name to ask for, the list would be all of NetBox
  if (query.length === 0 || (!isWhole && query.every(([name]) => name === 'exclude'))) return [];
  return [...new Map((await client.list(kind, query)).map((object) => [object.id, object])).values()];
}

import type { Signature } from '../../domain/record/storage.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { asCount, asFlag, asText, member, objects, parseToolJson } from '../values/json-value.ts';

/** What one row of `lsblk --json --bytes --output-all` says of a block device. */
export interface LsblkDevice {
  name: string;
  type: string | undefined;
  sizeBytes: number | undefined;
  model: string | undefined;
  vendor: string | undefined;
  serial: string | undefined;
  wwn: string | undefined;
  revision: string | undefined;
  rotational: boolean | undefined;
  removable: boolean | undefined;
  readOnly: boolean | undefined;
  transport: string | undefined;
  hctl: string | undefined;
  subsystems: string | undefined;
  logicalBlockBytes: number | undefined;
  physicalBlockBytes: number | undefined;
  /** the device-mapper map that this is a path of */
  multipathName: string | undefined;
  /** of itself and of all below: partitions, and what lies on them */
  signatures: Signature[];
}

/** Rows of all levels, once per kernel name: a device with two parents (multipath, RAID) is printed below each. */
export function parseLsblk(bytes: Uint8Array | undefined): Map<string, LsblkDevice> {
  const devices = new Map<string, LsblkDevice>();
  collect(member(parseToolJson(bytes), 'blockdevices'), devices);
  return devices;
}

function collect(rows: unknown, devices: Map<string, LsblkDevice>): void {
  for (const row of objects(rows)) {
    const device = readRow(row);
    if (device !== undefined && !devices.has(device.name)) devices.set(device.name, device);
    collect(row['children'], devices);
  }
}

function readRow(row: Record<string, unknown>): LsblkDevice | undefined {
  // releases before 2.36 put an underscore where a dash is now
  const column = (name: string): unknown => row[name] ?? row[name.replace('-', '_')];
  const name = (asText(row['kname']) ?? asText(row['name']))?.replace(/^\/dev\//, '');
  if (name === undefined) return undefined;
  return {
    name,
    type: asText(row['type']),
    sizeBytes: asCount(row['size']),
    model: asText(row['model']),
    vendor: asText(row['vendor']),
    serial: asText(row['serial']),
    wwn: asText(row['wwn']),
    revision: asText(row['rev']),
    rotational: asFlag(row['rota']),
    removable: asFlag(row['rm']),
    readOnly: asFlag(row['ro']),
    transport: asText(row['tran']),
    hctl: asText(row['hctl']),
    subsystems: asText(row['subsystems']),
    logicalBlockBytes: asCount(column('log-sec')),
    physicalBlockBytes: asCount(column('phy-sec')),
    multipathName: objects(row['children'])
      .filter((child) => child['type'] === 'mpath')
      .map((child) => asText(child['name']))[0],
    signatures: signaturesOf(row),
  };
}

/** Names of file systems and users' labels stay out: a type and a UUID tell what a disk is for. */
function signaturesOf(row: Record<string, unknown>): Signature[] {
  const type = asText(row['fstype']);
  const device = (asText(row['kname']) ?? asText(row['name']))?.replace(/^\/dev\//, '');
  const uuid = asText(row['uuid']);
  const own = type === undefined || device === undefined ? [] : [{ device, type, ...definedOnly({ uuid }) }];
  const partitions = objects(row['children']).filter((child) => child['type'] === 'part');
  return [...own, ...partitions.flatMap(signaturesOf)];
}

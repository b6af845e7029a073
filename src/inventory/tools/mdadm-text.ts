import type { SoftwareRaid } from '../../domain/record/volumes.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import { keyValueLines } from '../values/key-value-lines.ts';
import { ddfVolumes, imsmVolumes } from './mdadm-containers.ts';

/**
 * Arrays from what `mdadm --examine` prints of their members (any number of devices in one text), members put together by the array's UUID:
 * Linux' own, and the volumes in containers of Intel (IMSM) and DDF firmware.
 */
export function parseMdadmExamine(text: string): SoftwareRaid[] {
  const arrays = new Map<string, SoftwareRaid>();
  for (const block of text.split(/^(?=\/dev\/\S+:\s*$)/m)) {
    const device = /^\/dev\/(\S+):\s*$/m.exec(block)?.[1];
    if (device === undefined) continue;
    for (const array of arraysOn(device, block)) {
      const known = arrays.get(array.uuid);
      if (known === undefined) arrays.set(array.uuid, array);
      else known.members.push(...array.members.filter((member) => !known.members.some((other) => other.device === member.device)));
    }
  }
  return [...arrays.values()];
}

/** Each with this device as its only member. */
function arraysOn(device: string, block: string): SoftwareRaid[] {
  const fields = keyValueLines(block);
  const magic = fields.get('Magic') ?? '';
  if (/^Intel Raid ISM Cfg Sig/i.test(magic)) return imsmVolumes(device, block);
  if (/^de11de11$/i.test(magic)) return ddfVolumes(device, block);
  const uuid = /^([0-9a-f]{8}(?::[0-9a-f]{8}){3})\b/i.exec(fields.get('Array UUID') ?? fields.get('UUID') ?? '')?.[1]?.toLowerCase();
  if (uuid === undefined || !/^a92b4efc$/i.test(magic)) return [];
  const member = definedOnly<SoftwareRaid['members'][number]>({
    device,
    role: meaningful(fields.get('Device Role')) ?? /^this\s.*?\d+\s+(\D+?)(\s+\/dev\/\S+)?\s*$/m.exec(block)?.[1],
    state: meaningful(fields.get('State')),
  });
  return [readArray(fields, uuid, [member])];
}

function readArray(fields: ReadonlyMap<string, string>, uuid: string, members: SoftwareRaid['members']): SoftwareRaid {
  const kibibytes = wholeNumber(/^(\d+)(?: KiB)? \(/.exec(fields.get('Array Size') ?? '')?.[1]);
  return definedOnly<SoftwareRaid>({
    uuid,
    // behind the name stands what the examining host calls itself
    name: meaningful(fields.get('Name')?.replace(/\s+\(local to host .*$/, '')),
    level: meaningful(fields.get('Raid Level')),
    metadata: meaningful(fields.get('Version')),
    deviceCount: wholeNumber(fields.get('Raid Devices')),
    state: undefined,
    sizeBytes: kibibytes === undefined || kibibytes === 0 ? undefined : kibibytes * 1024,
    members,
  });
}

import type { SoftwareRaid } from '../domain/record/storage.ts';
import { parseIpmitool as keyValueLines } from './ipmitool-text.ts';
import { meaningful } from './placeholder.ts';
import { present } from './section.ts';
import { wholeNumber } from './text.ts';

/**
 * Arrays from the superblocks that `mdadm --examine` prints (any number of devices in one text), members put together by the array's UUID.
 * DDF and IMSM containers have no such UUID and are left out; lsblk's signatures name them.
 */
export function parseMdadmExamine(text: string): SoftwareRaid[] {
  const arrays = new Map<string, SoftwareRaid>();
  for (const block of text.split(/^(?=\/dev\/\S+:\s*$)/m)) {
    const device = /^\/dev\/(\S+):\s*$/m.exec(block)?.[1];
    const fields = keyValueLines(block);
    const uuid = /^([0-9a-f]{8}(?::[0-9a-f]{8}){3})\b/i.exec(fields.get('Array UUID') ?? fields.get('UUID') ?? '')?.[1]?.toLowerCase();
    if (device === undefined || uuid === undefined || !/^a92b4efc$/i.test(fields.get('Magic') ?? '')) continue;
    const known = arrays.get(uuid);
    const member = present<SoftwareRaid['members'][number]>({
      device,
      role: meaningful(fields.get('Device Role')) ?? /^this\s.*?\d+\s+(\D+?)(\s+\/dev\/\S+)?\s*$/m.exec(block)?.[1],
      state: meaningful(fields.get('State')),
    });
    if (known?.members.some((other) => other.device === device) === true) continue;
    if (known !== undefined) known.members.push(member);
    else arrays.set(uuid, readArray(fields, uuid, [member]));
  }
  return [...arrays.values()];
}

function readArray(fields: ReadonlyMap<string, string>, uuid: string, members: SoftwareRaid['members']): SoftwareRaid {
  const kibibytes = wholeNumber(/^(\d+)(?: KiB)? \(/.exec(fields.get('Array Size') ?? '')?.[1]);
  return present<SoftwareRaid>({
    uuid,
    // behind the name stands what the examining host calls itself
    name: meaningful(fields.get('Name')?.replace(/\s+\(local to host .*$/, '')),
    level: meaningful(fields.get('Raid Level')),
    metadata: meaningful(fields.get('Version')),
    deviceCount: wholeNumber(fields.get('Raid Devices')),
    sizeBytes: kibibytes === undefined || kibibytes === 0 ? undefined : kibibytes * 1024,
    members,
  });
}

import type { SoftwareRaid } from '../../domain/record/volumes.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import { keyValueLines } from '../values/key-value-lines.ts';
import { product } from '../values/tool-size.ts';

/** Volumes of Intel's firmware RAID (IMSM) in what `mdadm --examine` prints of one disk: each below a line `[name]:`. */
export function imsmVolumes(device: string, block: string): SoftwareRaid[] {
  const [, ...volumes] = block.split(/^(?=\[[^\]\n]+\]:\s*$)/m);
  return volumes.flatMap((text) => {
    const fields = keyValueLines(text);
    const uuid = uuidOf(fields.get('UUID'));
    if (uuid === undefined) return [];
    return [
      definedOnly<SoftwareRaid>({
        uuid,
        name: meaningful(/^\[([^\]]+)\]/.exec(text)?.[1]),
        level: levelOf(fields.get('RAID Level')),
        metadata: 'imsm',
        deviceCount: wholeNumber(/^\d+/.exec(fields.get('Members') ?? '')?.[0]),
        state: meaningful(fields.get('Map State')?.replace(/\s*<--.*$/, '')),
        sizeBytes: product(
          wholeNumber(/^(\d+)(?: \(|$)/.exec(fields.get('Array Size') ?? '')?.[1]),
          wholeNumber(fields.get('Sector Size')) ?? 512,
        ),
        members: [definedOnly<SoftwareRaid['members'][number]>({ device, role: meaningful(fields.get('This Slot')), state: undefined })],
      }),
    ];
  });
}

/**
 * Virtual disks of a DDF container (SNIA's Common RAID Disk Data Format) on one disk: keys end with the number of the virtual disk, and a table
 * of physical disks tells which of them this one is.
 */
export function ddfVolumes(device: string, block: string): SoftwareRaid[] {
  const self = /^\s+(\d+)\s+[0-9a-f]{8}\s+\d+K\s+\/dev\/\S+\s+(\S.*?)\s*$/m.exec(block);
  const volumes = new Map<string, Map<string, string>>();
  for (const [, key = '', number = '', value = ''] of block.matchAll(/^\s*([A-Za-z][A-Za-z ]*?)\[(\d+)\] :[ \t]*(.*?)\s*$/gm)) {
    volumes.set(number, (volumes.get(number) ?? new Map<string, string>()).set(key, value));
  }
  return [...volumes.values()].flatMap((fields) => {
    const uuid = uuidOf(fields.get('VD GUID'));
    const [, count, list = ''] = /^(\d+) \((.*)\)$/.exec(fields.get('Raid Devices') ?? '') ?? [];
    const numbers = list.split(' ').map((entry) => entry.replace(/@.*$/, ''));
    if (uuid === undefined || self?.[1] === undefined || !numbers.includes(self[1])) return [];
    return [
      definedOnly<SoftwareRaid>({
        uuid,
        name: meaningful(fields.get('Name')),
        level: levelOf(fields.get('Raid Level')),
        metadata: 'ddf',
        deviceCount: wholeNumber(count),
        state: meaningful(fields.get('state')),
        // in KiB
        sizeBytes: product(wholeNumber(fields.get('Array Size')), 1024),
        members: [definedOnly<SoftwareRaid['members'][number]>({ device, role: `device ${numbers.indexOf(self[1])}`, state: self[2] })],
      }),
    ];
  });
}

/** Groups of eight hexadecimal digits. */
function uuidOf(raw: string | undefined): string | undefined {
  return /^[0-9a-f]{8}(?::[0-9a-f]{8}){3,5}$/i.exec(raw?.trim() ?? '')?.[0].toLowerCase();
}

/** `1`, and `1 <-- 0` while it changes, and `RAID1`: in the words of Linux. */
function levelOf(raw: string | undefined): string | undefined {
  const value = meaningful(raw?.replace(/\s*<--.*$/, ''));
  return value === undefined ? undefined : /^\d+$/.test(value) ? `raid${value}` : value.toLowerCase();
}

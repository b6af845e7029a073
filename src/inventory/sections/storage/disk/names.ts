import type { Disk } from '../../../../domain/record/storage.ts';
import { isDiskName } from '../../../../domain/values/block-device.ts';
import type { Readings } from '../../../readings/readings.ts';
import { ASKED_DISK } from '../../../values/asked-disk.ts';
import type { CopiedFiles } from '../../../values/copied-files.ts';
import { devicePlace } from '../../../values/device-path.ts';

type NamingReadings = Pick<Readings, 'lsblk' | 'nvmeList' | 'multipath' | 'smartctl' | 'hdparm' | 'nvme'>;

/**
 * Kernel names of all disks that any tool asked or saw. lshw's disks are told by their serial numbers and come later; `fromLshw` says here only
 * which namespaces it knows.
 */
export function diskNames(readings: NamingReadings, files: CopiedFiles, fromLshw: readonly Disk[]): string[] {
  const fromLsblk = [...readings.lsblk.values()]
    .filter((device) => device.type === undefined || device.type === 'disk')
    .map((device) => device.name);
  const others = [...readings.lsblk.values()].filter((device) => device.type !== undefined && device.type !== 'disk');
  const seen = [
    ...fromLsblk,
    ...files.list('sys/block'),
    ...readings.nvmeList.keys(),
    ...readings.multipath.keys(),
    ...askedByName(readings, files),
  ];
  const isNone = new Set(others.map((device) => device.name));
  const disks = [...new Set(seen)].filter(
    (name) => isDiskName(name) && !isNone.has(name) && devicePlace(files, `sys/block/${name}`)?.isVirtual !== true,
  );
  return [...disks, ...controllersAlone(readings, files, [...disks, ...fromLshw.map((disk) => disk.name)])];
}

/** What smartctl and hdparm were asked for and described. */
function askedByName({ smartctl, hdparm }: NamingReadings, { index }: CopiedFiles): string[] {
  return index.commands.flatMap(({ id }) => {
    const [, tool, name] = /^(smartctl|hdparm)-(.+)$/.exec(id) ?? [];
    if (name === undefined || !ASKED_DISK.test(name)) return [];
    const isDescribed = tool === 'hdparm' ? hdparm(name) !== undefined : hasIdentity(smartctl(name));
    return isDescribed ? [name] : [];
  });
}

/** `smartctl --scan` names an NVMe drive by its controller. Where nobody knows a namespace of it, the controller is the disk. */
function controllersAlone({ smartctl, nvme }: NamingReadings, { index }: CopiedFiles, known: readonly string[]): string[] {
  const asked = index.commands.flatMap(({ id }) => /^(?:smartctl|nvme-id-ctrl|nvme-smart-log)-(nvme\d+)$/.exec(id)?.[1] ?? []);
  const described = [...new Set(asked)].filter((name) => hasIdentity(smartctl(name)) || hasIdentity(nvme(name)));
  const serialsOf = (name: string): string | undefined => smartctl(name)?.serial ?? nvme(name).serial;
  const alone = described.filter((name) => !known.some((disk) => disk.startsWith(`${name}n`)));
  // two controllers of one drive answer with one serial number
  const serials = new Set(known.map(serialsOf).filter((serial) => serial !== undefined));
  return alone.filter((name) => {
    const serial = serialsOf(name);
    if (serial === undefined) return true;
    const isNew = !serials.has(serial);
    serials.add(serial);
    return isNew;
  });
}

function hasIdentity(said: { model: string | undefined; serial: string | undefined } | undefined): boolean {
  return said?.model !== undefined || said?.serial !== undefined;
}

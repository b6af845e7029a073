import { z } from 'zod';
import { run } from '../platform/process/command.ts';

/** util-linux before 2.33 writes numbers and yes or no as texts. */
const Flag = z.union([z.boolean(), z.enum(['0', '1']).transform((text) => text === '1')]);

const BlockDevice = z.looseObject({
  path: z.string(),
  type: z.string(),
  size: z.coerce.number(),
  tran: z.string().nullish(),
  rm: Flag,
  ro: Flag,
  vendor: z.string().nullish(),
  model: z.string().nullish(),
  mountpoints: z.array(z.string().nullable()),
  get children() {
    return z.array(BlockDevice).optional();
  },
});
type BlockDevice = z.infer<typeof BlockDevice>;

const Lsblk = z.looseObject({ blockdevices: z.array(BlockDevice) });

const COLUMNS = 'PATH,TYPE,SIZE,TRAN,RM,RO,VENDOR,MODEL,MOUNTPOINTS';

/** Asks lsblk(8) which disks this host has; undefined where there is none, or an old one that does not know these columns. */
export async function listedDisks(): Promise<string | undefined> {
  const { status, stdout } = await run(['lsblk', '--json', '--bytes', '--output', COLUMNS], { timeoutMs: 10_000 });
  return status === 'ok' ? stdout.toString('utf8') : undefined;
}

/**
 * What to type after a build, as lines: the image onto a stick. Only a removable USB disk on which nothing is mounted, and that is large enough, is taken for
 * one: a disk for backups at a USB port does not call itself removable. Two are both named, because nobody but the person knows which one is meant.
 * @param lsblk what `lsblk --json --bytes` printed, undefined when it said nothing
 */
export function nextCommand({ isoPath, isoBytes, lsblk }: { isoPath: string; isoBytes: number; lsblk: string | undefined }): string[] {
  const sticks = disksIn(lsblk).filter((disk) => isStick(disk) && disk.size >= isoBytes);
  const write = (device: string): string => `  dd if=${isoPath} of=${device} bs=4M conv=fsync status=progress`;
  if (sticks.length === 0)
    return ['next, with a stick, on which everything is lost (lsblk -o NAME,SIZE,MODEL,TRAN names it):', write('/dev/sdX')];
  const named = sticks.map((disk) => [write(disk.path), `    (${diskWords(disk)}: everything on it is lost)`]);
  return [sticks.length === 1 ? 'next:' : `next, one of these; there are ${sticks.length} sticks here:`, ...named.flat()];
}

function disksIn(lsblk: string | undefined): BlockDevice[] {
  if (lsblk === undefined) return [];
  try {
    return Lsblk.parse(JSON.parse(lsblk)).blockdevices;
  } catch {
    return [];
  }
}

function isStick(disk: BlockDevice): boolean {
  return disk.type === 'disk' && disk.tran === 'usb' && disk.rm && !disk.ro && !isUsed(disk);
}

/** It, or what lies on it: a partition, an encrypted volume, one of LVM. Swap counts, too. */
function isUsed({ mountpoints, children = [] }: BlockDevice): boolean {
  return mountpoints.some((place) => place !== null) || children.some(isUsed);
}

function diskWords({ vendor, model, size }: BlockDevice): string {
  const name = [vendor, model].map((word) => word?.trim()).filter((word) => word !== undefined && word !== '');
  return `${name.length === 0 ? 'a USB stick' : name.join(' ')}, ${(size / 1e9).toFixed(1)} GB`;
}

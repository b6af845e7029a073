import type { LsblkDevice } from '../../../tools/lsblk-json.ts';
import { type CopiedFiles, copiedValue, linkTarget } from '../../../values/copied-files.ts';

/** /dev/disk/by-path names of whole disks; udev makes them, and a capture has where they lead. */
export function byPathNames(files: CopiedFiles): Map<string, string> {
  const names = new Map<string, string>();
  const prefix = 'dev/disk/by-path/';
  for (const [link, target] of Object.entries(files.index.links ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const disk = /^dev\/([^/]+)$/.exec(target)?.[1];
    // of several names for one disk (`ata-1` and `ata-1.0`) the first is the older one
    if (link.startsWith(prefix) && disk !== undefined && !names.has(disk)) names.set(disk, link.slice(prefix.length));
  }
  return names;
}

/** SCSI address from the device path. */
export function hctlOf(files: CopiedFiles, name: string): string | undefined {
  return /\/(\d+:\d+:\d+:\d+)\/block\//.exec(linkTarget(files, `sys/block/${name}`) ?? '')?.[1];
}

/** Address of the port that the drive hangs on the fabric with. */
export function sasAddressOf(files: CopiedFiles, name: string): string | undefined {
  return copiedValue(files, `sys/block/${name}/device/sas_address`)?.toLowerCase();
}

/** What lsblk leaves out: it names no transport for virtio. */
export function transportByName(name: string, lsblk: LsblkDevice | undefined, bus: string | undefined): string | undefined {
  if (name.startsWith('nvme')) return 'nvme';
  if (bus === 'usb') return 'usb';
  return /^vd[a-z]+$/.test(name) && (bus === 'virtio' || /\bvirtio\b/.test(lsblk?.subsystems ?? '')) ? 'virtio' : undefined;
}

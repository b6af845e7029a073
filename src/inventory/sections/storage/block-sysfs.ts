import { cleanValue, decodeText, wholeNumber } from '../../../domain/values/text.ts';
import { type CopiedFiles, copiedValue } from '../../values/copied-files.ts';
import { asFlag } from '../../values/json-value.ts';

/** What /sys/block says of a device, by the names of the files there. */
export interface BlockSysfs {
  sizeBytes: number | undefined;
  model: string | undefined;
  vendor: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  wwn: string | undefined;
  rotational: boolean | undefined;
  removable: boolean | undefined;
  readOnly: boolean | undefined;
  logicalBlockBytes: number | undefined;
  physicalBlockBytes: number | undefined;
}

/** The files of a device there; all undefined when the capture does not have it. */
export function readBlockSysfs(files: CopiedFiles, name: string): BlockSysfs {
  const text = (file: string): string | undefined => copiedValue(files, `sys/block/${name}/${file}`);
  const sectors = wholeNumber(text('size'));
  return {
    // always counted in 512 bytes, whatever the disk's own blocks are (Documentation/ABI/stable/sysfs-block)
    sizeBytes: sectors === undefined ? undefined : sectors * 512,
    model: text('device/model'),
    vendor: text('device/vendor'),
    // virtio has it at the disk, NVMe at the device, SCSI as the page that the drive answered with
    serial: text('serial') ?? text('device/serial') ?? serialPage(files.file(`sys/block/${name}/device/vpd_pg80`)),
    firmware: text('device/firmware_rev') ?? text('device/rev'),
    wwn: text('wwid') ?? text('device/wwid'),
    rotational: asFlag(text('queue/rotational')),
    removable: asFlag(text('removable')),
    readOnly: asFlag(text('ro')),
    logicalBlockBytes: wholeNumber(text('queue/logical_block_size')),
    physicalBlockBytes: wholeNumber(text('queue/physical_block_size')),
  };
}

/** Unit Serial Number (SPC-5, 7.7.18): page code in byte 1, length in bytes 2 and 3, then ASCII. Undefined of a page that is cut off. */
export function serialPage(page: Uint8Array | undefined): string | undefined {
  if (page === undefined || page[1] !== 0x80) return undefined;
  const length = (page[2] ?? 0) * 256 + (page[3] ?? 0);
  return page.length < 4 + length ? undefined : cleanValue(decodeText(page.subarray(4, 4 + length)));
}

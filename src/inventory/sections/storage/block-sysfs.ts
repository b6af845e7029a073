import { wholeNumber } from '../../../domain/values/text.ts';
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
    // virtio has it at the disk, NVMe at the device
    serial: text('serial') ?? text('device/serial'),
    firmware: text('device/firmware_rev') ?? text('device/rev'),
    wwn: text('wwid') ?? text('device/wwid'),
    rotational: asFlag(text('queue/rotational')),
    removable: asFlag(text('removable')),
    readOnly: asFlag(text('ro')),
    logicalBlockBytes: wholeNumber(text('queue/logical_block_size')),
    physicalBlockBytes: wholeNumber(text('queue/physical_block_size')),
  };
}

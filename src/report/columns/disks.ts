import type { MachineDrive } from '../../domain/drives/machine-drive.ts';
import type { Disk } from '../../domain/record/storage.ts';
import { columnsOf } from './column.ts';

/** A drive of the machine, or a disk of Linux that is none. */
export type TableDisk = Disk & Partial<Pick<MachineDrive, 'kind' | 'behind' | 'state'>>;

/** What is known of a drive. */
export const DISK = columnsOf<TableDisk>()({
  name: {
    label: 'Name',
    type: 'text',
    about: 'kernel name; of a drive behind a controller its enclosure and slot',
    of: (disk) => disk.name,
  },
  behind: { type: 'text', about: 'the controller that hides the drive from the system', of: (disk) => disk.behind },
  kind: { label: 'Kind', type: 'text', about: 'NVMe, SSD, HDD or other', of: (disk) => disk.kind },
  sizeBytes: {
    label: 'Size',
    type: 'bigint',
    about: 'size; of one that a tool printed with three digits what it stands for',
    of: (disk) => disk.sizeBytes,
  },
  vendor: { type: 'text', about: 'maker', of: (disk) => disk.vendor },
  model: { label: 'Model', type: 'text', about: 'model', of: (disk) => disk.model },
  serial: { label: 'Serial', type: 'text', about: 'serial number', of: (disk) => disk.serial },
  wwn: { type: 'text', about: 'World Wide Name', of: (disk) => disk.wwn },
  firmware: { label: 'Firmware', type: 'text', about: 'firmware revision', of: (disk) => disk.firmware },
  rotational: { type: 'boolean', about: 'it turns', of: (disk) => disk.rotational },
  removable: { type: 'boolean', about: 'its medium can be taken out', of: (disk) => disk.removable },
  transport: { label: 'Transport', type: 'text', about: 'sata, sas, nvme, usb ...', of: (disk) => disk.transport },
  logicalBlockBytes: { type: 'bigint', about: 'logical block', of: (disk) => disk.logicalBlockBytes },
  formFactor: { type: 'text', about: '2.5 inches ...', of: (disk) => disk.formFactor },
  rotationRpm: { type: 'bigint', about: 'speed of a disk that turns', of: (disk) => disk.rotationRpm },
  pciAddress: { type: 'text', about: 'controller that it hangs on', of: (disk) => disk.pciAddress },
  byPath: { type: 'text', about: 'name below /dev/disk/by-path', of: (disk) => disk.byPath },
  enclosure: { type: 'text', about: 'what it sits in', of: (disk) => disk.enclosure },
  enclosureSlot: { label: 'Slot', type: 'text', about: 'slot as the enclosure names it', of: (disk) => disk.enclosureSlot },
  smartPassed: { label: 'SMART', type: 'boolean', about: 'it does not expect to fail', of: (disk) => disk.smartPassed },
  powerOnHours: { label: 'Powered on', type: 'bigint', about: 'hours that it was on', of: (disk) => disk.powerOnHours },
  wearPercent: { label: 'Used up', type: 'bigint', about: 'rated endurance that is used up', of: (disk) => disk.wearPercent },
  state: { label: 'State', type: 'text', about: "as its controller's tool prints it", of: (disk) => disk.state },
  mediaErrors: { type: 'bigint', about: 'errors of the medium', of: (disk) => disk.mediaErrors },
  reallocatedSectors: { type: 'bigint', about: 'ATA attribute 5', of: (disk) => disk.reallocatedSectors },
});

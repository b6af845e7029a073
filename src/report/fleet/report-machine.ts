import type { MachineDrive } from '../../domain/drives/machine-drive.ts';
import { bytesOf } from '../../domain/drives/machine-drives.ts';
import type { Finding } from '../../domain/record/finding.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { recordData } from '../../domain/record/record-data.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { fittedDimms } from '../columns/dimms.ts';
import { MACHINE } from '../columns/machines.ts';
import { seenDrives } from '../columns/seen-drives.ts';
import type { MachineRow } from '../machine-row.ts';
import { firmwareDate } from './firmware-date.ts';
import { graphicsCards } from './graphics-cards.ts';
import { type Setup, setupOf } from './setup.ts';
import { isPort, type WiredLink, wiredLinks } from './wired-links.ts';

/** A drive of the machine, as far as the report sums it up. */
export type ReportDisk = Pick<MachineDrive, 'kind' | 'sizeBytes' | 'model' | 'vendor' | 'serial'>;

/** What the report keeps of each machine while it reads a visit: a few kilobytes instead of the record. */
export interface ReportParts {
  /** maker and model; machines with equal ones are compared */
  model: string;
  /** ISO 8601, date only */
  firmwareDate?: string;
  bmcFirmware?: string;
  /** missing: they could not be read */
  disks?: readonly ReportDisk[];
  /** beside them, and none of them */
  volumes?: { count: number; bytes: number; isAllThereIs: boolean };
  setup: Setup;
  links: readonly WiredLink[];
  /** ports with a cable in them */
  portsUp: number;
  gpuCount: number;
  /** what the search finds besides the columns, in lower case: serial numbers of parts, label, boards */
  hidden: string;
}

export interface ReportMachine extends MachineRow, ReportParts {
  findings: readonly Finding[];
}

/** Picks a machine's part of the report out of its record. */
export function reportParts(record: NodeRecord): ReportParts {
  const data = recordData(record);
  const { system, board, firmware, memory, nics, storage, powerSupplies } = data;
  const drives = seenDrives(data.disks, storage);
  const disks = drives?.isCounted === true ? drives.drives.map(reportDisk) : undefined;
  const volumes =
    drives === undefined || drives.volumes.length === 0
      ? undefined
      : { count: drives.volumes.length, bytes: bytesOf(drives.volumes), isAllThereIs: !drives.isCounted };
  const date = firmwareDate(firmware?.date);
  const hidden = [
    system?.sku,
    system?.chassis?.assetTag,
    board?.serial,
    ...[...(drives?.drives ?? []), ...(drives?.volumes ?? []), ...(drives?.media ?? [])].flatMap((disk) => [disk.model, disk.serial]),
    ...[...(storage?.controllers ?? []), ...(storage?.hostAdapters ?? []), ...(powerSupplies ?? [])].flatMap((part) => [
      part.model,
      part.serial,
    ]),
    ...(nics ?? []).flatMap(({ transceiver }) => [transceiver?.partNumber, transceiver?.serial]),
    ...(fittedDimms(memory) ?? []).flatMap((dimm) => [dimm.partNumber, dimm.serial]),
    ...(data.gpus ?? []).flatMap((gpu) => [gpu.model, gpu.serial]),
  ];
  return {
    model: knownWords([system?.vendor, system?.product]) || 'model unknown',
    ...definedOnly({ firmwareDate: date, bmcFirmware: MACHINE.bmcFirmware.of(data), disks, volumes }),
    setup: setupOf(data, disks),
    links: wiredLinks(nics),
    portsUp: nics?.filter((nic) => isPort(nic) && nic.linkUp === true).length ?? 0,
    gpuCount: graphicsCards(data.gpus ?? []).length,
    hidden: [...new Set(hidden.filter((text) => text !== undefined && text !== ''))].join(' ').toLowerCase(),
  };
}

function reportDisk({ kind, sizeBytes, model, vendor, serial }: MachineDrive): ReportDisk {
  return { kind, ...definedOnly({ sizeBytes, model, vendor, serial }) };
}

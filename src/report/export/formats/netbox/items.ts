import { driveSize } from '../../../../domain/values/drive-size.ts';
import { knownWords } from '../../../../domain/values/known-words.ts';
import { binarySize } from '../../../../domain/values/shown-size.ts';
import { DIMM, fittedDimms } from '../../../columns/dimms.ts';
import { cpuMaker } from '../../cpu-maker.ts';
import type { ExportMachine } from '../../machine.ts';

/** A part of a machine; `role` is one of {@link ITEM_ROLES}. */
export interface NetboxItem {
  name: string;
  role: string;
  manufacturer?: string | undefined;
  part?: string | undefined;
  serial?: string | undefined;
  about?: string | undefined;
}

export const ITEM_ROLES = [
  'CPU',
  'Memory',
  'Disk',
  'Volume',
  'RAID controller',
  'Host adapter',
  'Transceiver',
  'Power supply',
  'GPU',
] as const;

/** Parts that NetBox has no object of its own for. */
export function netboxItems({ sections, drives }: ExportMachine): NetboxItem[] {
  const { cpu, memory, powerSupplies, gpus } = sections;
  return [
    ...(cpu?.socketList ?? [])
      .filter((socket) => socket.populated)
      .map((socket) => ({ name: named('CPU', socket.designation), role: 'CPU', manufacturer: cpuMaker(cpu?.vendor), part: socket.model })),
    ...(fittedDimms(memory) ?? []).map((dimm) => ({
      ...{ name: named('DIMM', dimm.locator), role: 'Memory', manufacturer: maker(DIMM.maker.of(dimm)) },
      ...{ part: dimm.partNumber, serial: dimm.serial, about: knownWords([binarySize(dimm.sizeBytes), dimm.type], ', ') },
    })),
    ...(drives?.drives ?? []).map((disk) => ({
      ...{ name: `Disk ${disk.name}`, role: 'Disk', manufacturer: maker(disk.vendor), part: disk.model, serial: disk.serial },
      about: knownWords([driveSize(disk.sizeBytes), disk.kind === 'other' ? undefined : disk.kind, disk.transport, behind(disk)], ', '),
    })),
    ...storageItems(sections.storage, drives),
    ...transceiverItems(sections.nics),
    ...(powerSupplies ?? [])
      .filter((supply) => supply.present !== false)
      .map((supply) => ({
        ...{ name: named('PSU', supply.location ?? supply.name), role: 'Power supply', manufacturer: maker(supply.manufacturer) },
        ...{ part: supply.model, serial: supply.serial, about: supply.maxWatts === undefined ? undefined : `${supply.maxWatts} W` },
      })),
    ...(gpus ?? []).map((gpu) => ({
      ...{ name: `GPU ${gpu.pciAddress}`, role: 'GPU', manufacturer: gpu.vendor, part: gpu.model, serial: gpu.serial },
    })),
  ];
}

/** What stands between the drives and the machine. */
function storageItems(storage: ExportMachine['sections']['storage'], drives: ExportMachine['drives']): NetboxItem[] {
  return [
    // the number that it shows is often that of its controller
    ...(drives?.volumes ?? []).map(({ name, kind, level, sizeBytes, state, label, controller }) => ({
      ...{ name: named('Volume', name), role: 'Volume' },
      about: knownWords([driveSize(sizeBytes), kind, level, state, label, controller], ', '),
    })),
    ...(storage?.controllers ?? []).map((controller) => ({
      ...{ name: `RAID controller ${controller.id}`, role: 'RAID controller', part: controller.model, serial: controller.serial },
      about: knownWords([controller.firmwarePackage ?? controller.firmware, controller.health], ', '),
    })),
    ...(storage?.hostAdapters ?? []).map((adapter) => ({
      ...{ name: `Host adapter ${adapter.name}`, role: 'Host adapter', part: adapter.model, serial: adapter.serial },
      about: knownWords([adapter.wwpn ?? adapter.sasAddress, adapter.firmware], ', '),
    })),
  ];
}

function transceiverItems(nics: ExportMachine['sections']['nics'] = []): NetboxItem[] {
  return nics.flatMap(({ name, transceiver }) => {
    if (transceiver?.serial === undefined && transceiver?.partNumber === undefined) return [];
    const { vendor, partNumber: part, serial } = transceiver;
    return [{ name: `Transceiver ${name}`, role: 'Transceiver', manufacturer: maker(vendor), part, serial }];
  });
}

function behind(disk: { behind?: string }): string | undefined {
  return disk.behind === undefined ? undefined : `behind ${disk.behind}`;
}

/** `DIMM A1`, and not `DIMM DIMM_A1`. */
function named(kind: string, label = ''): string {
  return label.toLowerCase().startsWith(kind.toLowerCase()) ? label : `${kind} ${label}`;
}

/** No maker is called by a number: that is a JEDEC id that nobody knows, or a field that was never filled in. */
function maker(name: string | undefined): string | undefined {
  return name === undefined || /^(?=.*\d)(?:0x)?[0-9a-f]+$/i.test(name) ? undefined : name;
}

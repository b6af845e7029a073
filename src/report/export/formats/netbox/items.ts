import { knownWords } from '../../../../domain/values/known-words.ts';
import { binarySize, decimalSize } from '../../../../domain/values/shown-size.ts';
import { DIMM, fittedDimms } from '../../../columns/dimms.ts';
import { fixedDisks } from '../../../columns/disks.ts';
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

export const ITEM_ROLES = ['CPU', 'Memory', 'Disk', 'Power supply', 'GPU'] as const;

/** Parts that NetBox has no object of its own for. */
export function netboxItems({ sections }: ExportMachine): NetboxItem[] {
  const { cpu, memory, disks, powerSupplies, gpus } = sections;
  return [
    ...(cpu?.socketList ?? [])
      .filter((socket) => socket.populated)
      .map((socket) => ({ name: named('CPU', socket.designation), role: 'CPU', manufacturer: cpuMaker(cpu?.vendor), part: socket.model })),
    ...(fittedDimms(memory) ?? []).map((dimm) => ({
      ...{ name: named('DIMM', dimm.locator), role: 'Memory', manufacturer: maker(DIMM.maker.of(dimm)) },
      ...{ part: dimm.partNumber, serial: dimm.serial, about: knownWords([binarySize(dimm.sizeBytes), dimm.type], ', ') },
    })),
    ...(fixedDisks(disks) ?? []).map((disk) => ({
      ...{ name: `Disk ${disk.name}`, role: 'Disk', manufacturer: maker(disk.vendor), part: disk.model, serial: disk.serial },
      about: knownWords([decimalSize(disk.sizeBytes), disk.transport], ', '),
    })),
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

/** `DIMM A1`, and not `DIMM DIMM_A1`. */
function named(kind: string, label = ''): string {
  return label.toLowerCase().startsWith(kind.toLowerCase()) ? label : `${kind} ${label}`;
}

/** No maker is called by a number: that is a JEDEC id that nobody knows, or a field that was never filled in. */
function maker(name: string | undefined): string | undefined {
  return name === undefined || /^(?=.*\d)(?:0x)?[0-9a-f]+$/i.test(name) ? undefined : name;
}

import { binarySize, decimalSize } from '../html-text.ts';
import type { ExportMachine } from './export-machine.ts';

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
      .map((socket) => ({ name: `CPU ${socket.designation ?? ''}`, role: 'CPU', part: socket.model })),
    ...(memory?.dimms ?? [])
      .filter((dimm) => dimm.populated)
      .map((dimm) => ({
        ...{ name: `DIMM ${dimm.locator ?? ''}`, role: 'Memory', manufacturer: dimm.manufacturerName ?? dimm.manufacturer },
        ...{ part: dimm.partNumber, serial: dimm.serial, about: words(binarySize(dimm.sizeBytes), dimm.type) },
      })),
    ...(disks ?? [])
      .filter((disk) => disk.removable !== true)
      .map((disk) => ({
        ...{ name: `Disk ${disk.name}`, role: 'Disk', manufacturer: disk.vendor, part: disk.model, serial: disk.serial },
        about: words(decimalSize(disk.sizeBytes), disk.transport),
      })),
    ...(powerSupplies ?? [])
      .filter((supply) => supply.present !== false)
      .map((supply) => ({
        ...{ name: `PSU ${supply.location ?? supply.name ?? ''}`, role: 'Power supply', manufacturer: supply.manufacturer },
        ...{ part: supply.model, serial: supply.serial, about: supply.maxWatts === undefined ? undefined : `${supply.maxWatts} W` },
      })),
    ...(gpus ?? []).map((gpu) => ({
      ...{ name: `GPU ${gpu.pciAddress}`, role: 'GPU', manufacturer: gpu.vendor, part: gpu.model, serial: gpu.serial },
    })),
  ];
}

function words(...said: (string | undefined)[]): string {
  return said.filter((word) => word !== undefined).join(', ');
}

import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import { fruImage } from './fru-image.ts';
import { FRU_DEVICE, fruLocator } from './fru-locator.ts';
import { smbiosMemoryTables } from './smbios-memory.ts';

/** What QEMU reads of a machine's hardware from files. */
export interface HardwareFiles {
  /** one SMBIOS structure in each */
  smbiosPaths: readonly string[];
  bmc?: { fruPath: string; sdrPath: string };
}

/** Writes the memory slots of a machine, and what its BMC knows, into `directory`. */
export async function writeHardwareFiles(machine: LabMachine, directory: string): Promise<HardwareFiles> {
  await makeDirectory(directory);
  const files = hardwareFiles(machine, directory);
  for (const [index, table] of smbiosMemoryTables(machine.dimms).entries()) await writeAtomic(files.smbiosPaths[index] ?? '', table);
  if (machine.bmc === undefined || files.bmc === undefined) return files;
  await writeAtomic(files.bmc.fruPath, fruDevices(fruImage(machine.bmc.fru)));
  await writeAtomic(files.bmc.sdrPath, fruLocator(machine.bmc.fru.name));
  return files;
}

/** QEMU takes the contents of all FRU devices from one file, one after the other, each of the same size. */
export const FRU_DEVICE_BYTES = 1024;

function fruDevices(image: Uint8Array): Uint8Array {
  const devices = Buffer.alloc(FRU_DEVICE_BYTES * (FRU_DEVICE + 1));
  devices.set(image, FRU_DEVICE_BYTES * FRU_DEVICE);
  return devices;
}

/** Where they are. */
export function hardwareFiles(machine: LabMachine, directory: string): HardwareFiles {
  const names = ['array', ...machine.dimms.map((dimm) => dimm.locator)];
  return {
    smbiosPaths: names.map((name) => join(directory, `memory-${name}.smbios`)),
    ...(machine.bmc === undefined ? {} : { bmc: { fruPath: join(directory, 'bmc.fru'), sdrPath: join(directory, 'bmc.sdr') } }),
  };
}

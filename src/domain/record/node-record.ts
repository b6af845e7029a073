import { z } from 'zod';
import { Accelerator, Gpu } from './accelerators.ts';
import { BmcSection } from './bmc.ts';
import { CpuSection } from './cpu.ts';
import { CustomOutput } from './custom.ts';
import { PciFunction, PciSlot, UsbDevice, Watchdog } from './devices.ts';
import { RecordFinding } from './finding.ts';
import { Fingerprint } from './identity.ts';
import { KernelSection } from './kernel.ts';
import { MemorySection } from './memory.ts';
import { NetworkSection, Nic } from './network.ts';
import { Fan, PowerSupply, TpmSection } from './platform.ts';
import { RawFile } from './raw-file.ts';
import { section } from './section.ts';
import { Disk, StorageSection } from './storage.ts';
import { BoardSection, FirmwareSection, SystemSection } from './system.ts';

export const SECTIONS = {
  system: section(SystemSection),
  board: section(BoardSection),
  firmware: section(FirmwareSection),
  cpu: section(CpuSection),
  memory: section(MemorySection),
  disks: section(z.array(Disk)),
  nics: section(z.array(Nic)),
  pci: section(z.array(PciFunction)),
  bmc: section(BmcSection),
  kernel: section(KernelSection),
  // records of older images lack those below
  storage: section(StorageSection).exactOptional(),
  network: section(NetworkSection).exactOptional(),
  gpus: section(z.array(Gpu)).exactOptional(),
  accelerators: section(z.array(Accelerator)).exactOptional(),
  tpm: section(TpmSection).exactOptional(),
  powerSupplies: section(z.array(PowerSupply)).exactOptional(),
  fans: section(z.array(Fan)).exactOptional(),
  slots: section(z.array(PciSlot)).exactOptional(),
  usb: section(z.array(UsbDevice)).exactOptional(),
  watchdogs: section(z.array(Watchdog)).exactOptional(),
  custom: section(z.array(CustomOutput)).exactOptional(),
} as const;

/** The form of records that this version writes and takes. */
export const RECORD_SCHEMA = 1;

/** What is known of one machine. "Not reported" is a missing key; names carry units. */
export const NodeRecord = z.looseObject({
  schemaVersion: z.literal(RECORD_SCHEMA),
  origin: z
    .enum(['initrd', 'boot-loader'])
    .exactOptional()
    .meta({ description: 'missing: the live system, as it should be. Otherwise the machine got no further than this' }),
  sections: z.looseObject(SECTIONS),
  collectors: z
    .array(
      z.looseObject({
        ...{ id: z.string(), status: z.string(), durationMs: z.number(), reason: z.string().exactOptional() },
        file: z.string().exactOptional().meta({ description: 'where its output lay, when somebody gave the file a name of their own' }),
      }),
    )
    .meta({ description: 'one row per command of the capture; a failed one is a row, not an end' }),
  rawFiles: z.array(RawFile).exactOptional().meta({ description: 'files of the capture that are not used as they are, and why' }),
  // records of older images lack those below; both follow from the sections and can be made again
  identity: Fingerprint.exactOptional().meta({ description: 'what tells this machine from others' }),
  findings: z.array(RecordFinding).exactOptional().meta({ description: 'what an engineer would circle, the worst first' }),
});
export type NodeRecord = z.infer<typeof NodeRecord>;

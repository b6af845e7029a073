import type { BmcSection } from '../../domain/record/bmc.ts';
import type { CpuSection } from '../../domain/record/cpu.ts';
import type { Dimm } from '../../domain/record/memory.ts';
import type { Nic } from '../../domain/record/network.ts';
import type { PowerSupply } from '../../domain/record/platform.ts';
import type { RaidController } from '../../domain/record/raid.ts';
import type { Disk } from '../../domain/record/storage.ts';
import type { BoardSection, FirmwareSection, SystemSection } from '../../domain/record/system.ts';

/** What another inventory says of the whole machine, in the terms of the record: a BMC over Redfish, or facter. */
export interface ToldFacts {
  /** `Redfish` or `facter` */
  by: string;
  system: SystemSection;
  board: BoardSection;
  firmware: FirmwareSection;
  cpu: CpuSection;
  bmc: BmcSection;
  /** what Linux can use */
  memoryBytes: number | undefined;
  dimms: Dimm[];
  disks: Disk[];
  controllers: RaidController[];
  nics: Nic[];
  powerSupplies: PowerSupply[];
}

import { machineDrives } from '../../domain/drives/machine-drives.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import { driveSize } from '../../domain/values/drive-size.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { binarySize } from '../../domain/values/shown-size.ts';
import { NIC } from '../columns/nics.ts';

/** One value of a machine that is compared by its name. */
export interface ValueFact {
  kind: 'firmware' | 'volume' | 'cpu' | 'memory' | 'bmc' | 'identity';
  /** what it is, unique in the machine: `BIOS`, `firmware of disk S1234` */
  what: string;
  /** for people; also what is compared */
  value: string;
}

/** Firmware of all parts, processors, size of the memory, address of the BMC, and the numbers that the firmware gives the machine. */
export function valueFacts(data: RecordData): ValueFact[] {
  const { system, board, firmware, cpu, memory, bmc } = data;
  const memoryBytes = memory?.installedBytes;
  return [
    ...fact('identity', 'system serial number', system?.serial),
    ...fact('identity', 'system UUID', system?.uuid),
    ...fact('identity', 'board serial number', board?.serial),
    ...fact('identity', 'board', board?.product),
    ...fact('firmware', 'BIOS', knownWords([firmware?.version, firmware?.date], ' of ')),
    ...fact('firmware', 'BMC', bmc?.firmware),
    ...fact('cpu', 'processor', cpu?.model),
    ...fact('cpu', 'processors', cpu?.sockets),
    ...fact('cpu', 'cores', cpu?.cores),
    ...fact('cpu', 'threads', cpu?.threads),
    ...fact('memory', 'memory fitted', binarySize(memoryBytes)),
    // a BMC that is there and has lost its address says none
    ...fact('bmc', 'BMC address', bmc === undefined ? undefined : (bmc.address ?? 'none')),
    ...fact('bmc', 'BMC MAC address', bmc?.mac),
    ...volumeFacts(data),
    ...partFirmware(data),
  ];
}

/** What is made of the drives, by its sizes: names change from boot to boot, and levels are known only where a controller's tool was at hand. */
function volumeFacts({ disks, storage }: RecordData): ValueFact[] {
  const volumes = machineDrives(disks, storage)?.volumes.map(({ kind, sizeBytes }) => knownWords([driveSize(sizeBytes), kind]));
  return volumes === undefined ? [] : fact('volume', 'volumes', volumes.toSorted().join(', ') || 'none');
}

function partFirmware({ disks, nics, storage }: RecordData): ValueFact[] {
  const controllers = storage?.controllers ?? [];
  const drives = machineDrives(disks, storage)?.drives ?? [];
  const facts = [
    ...drives.flatMap(({ serial, firmware }) => (serial === undefined ? [] : fact('firmware', `disk ${serial.trim()}`, firmware))),
    ...(nics ?? []).flatMap((nic) => {
      const address = NIC.portMac.of(nic);
      return address === undefined ? [] : fact('firmware', `network port ${address.toLowerCase()}`, nic.firmware);
    }),
    ...controllers.flatMap(({ id, serial, firmware }) => fact('firmware', `RAID controller ${serial ?? id}`, firmware)),
  ];
  return [...new Map(facts.map((one) => [one.what, one])).values()];
}

function fact(kind: ValueFact['kind'], what: string, value: string | number | undefined): ValueFact[] {
  return value === undefined || value === '' ? [] : [{ kind, what, value: String(value) }];
}

import type { NodeRecord } from '../domain/node-record.ts';
import { DISK_SIZE_BYTES, type LabMachine } from './lab-plan.ts';

const MIB = 1024 * 1024;

/** The stick in the master is a disk of the machine, too, as far as Linux is concerned. */
export const STICK_SERIAL = 'RSTICK';

/** Findings: where a record says something else than what QEMU was given, word for word. */
export function findRecordMismatches(machine: LabMachine, record: NodeRecord): string[] {
  const { sections } = record;
  const { identity } = machine;
  const system = dataOf(sections.system);
  const disks = dataOf(sections.disks)?.filter((disk) => disk.serial !== STICK_SERIAL);
  const dimms = dataOf(sections.memory)?.dimms.filter((dimm) => dimm.populated);
  const comparisons: Array<[name: string, expected: unknown, found: unknown]> = [
    ['system vendor', identity.vendor, system?.vendor],
    ['system product', identity.product, system?.product],
    ['system serial', identity.serial, system?.serial],
    ['system UUID', identity.uuid, system?.uuid],
    ['chassis serial', identity.chassisSerial, system?.chassis?.serial],
    ['board serial', identity.boardSerial, dataOf(sections.board)?.serial],
    ['boot mode', machine.firmware, dataOf(sections.firmware)?.bootMode],
    ['DIMMs', [`${identity.dimmSerial} ${machine.memoryMiB * MIB}`], dimms?.map((dimm) => `${dimm.serial} ${dimm.sizeBytes}`)],
    [
      'disks',
      sorted(machine.disks.map((disk) => `${disk.serial} ${DISK_SIZE_BYTES}`)),
      sorted(disks?.map((disk) => `${disk.serial} ${disk.sizeBytes}`)),
    ],
    [
      'network cards',
      sorted(machine.nics.map((nic) => nic.mac)),
      sorted(dataOf(sections.nics)?.flatMap((nic) => nic.permanentMac ?? nic.mac ?? [])),
    ],
    ['BMC', machine.hasBmc ? 'ok' : 'absent', sections.bmc.status],
  ];
  return comparisons
    .filter(([, expected, found]) => JSON.stringify(expected) !== JSON.stringify(found))
    .map(
      ([name, expected, found]) =>
        `${machine.name}: ${name} should be ${JSON.stringify(expected)}, the record says ${JSON.stringify(found)}`,
    );
}

function dataOf<T>(section: { status: 'ok'; data: T } | { status: 'absent' | 'failed' }): T | undefined {
  return section.status === 'ok' ? section.data : undefined;
}

function sorted(texts: readonly string[] | undefined): string[] | undefined {
  return texts === undefined ? undefined : [...texts].sort();
}

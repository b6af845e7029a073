import type { PhysicalDrive, RaidController, VirtualDrive } from '../../../domain/record/raid.ts';
import { seenByAny } from '../../values/seen-by-any.ts';

/**
 * RAID controllers of all tools, each once: storcli, perccli and MegaCli are three tools for one family, which counts its controllers alike. A tool adds what
 * those before it do not know of a controller, its drives and its volumes.
 */
export function sameControllers(...lists: readonly (readonly RaidController[])[]): RaidController[] {
  return lists.reduce<RaidController[]>((known, others) => seenByAny(known, others, { keys: CONTROLLER_KEYS, join }), []);
}

const CONTROLLER_KEYS = [
  ({ serial }: RaidController) => serial,
  ({ sasAddress }: RaidController) => sasAddress?.replace(/^0x/, ''),
  ({ id, tool }: RaidController) => (MEGARAID.has(tool) ? `number ${id}` : undefined),
];
const MEGARAID = new Set(['storcli', 'perccli', 'megacli']);

const DRIVE_KEYS = [
  ({ serial }: PhysicalDrive) => serial,
  ({ enclosure, slot }: PhysicalDrive) => (slot === undefined ? undefined : `${enclosure ?? ''}:${slot}`),
];

function join(known: RaidController, other: RaidController): RaidController {
  return {
    ...other,
    ...known,
    virtualDrives: seenByAny<VirtualDrive>(known.virtualDrives, other.virtualDrives, { keys: [({ id }) => id], join: added }),
    physicalDrives: seenByAny<PhysicalDrive>(known.physicalDrives, other.physicalDrives, { keys: DRIVE_KEYS, join: added }),
  };
}

function added<T extends object>(known: T, other: T): T {
  return { ...other, ...known };
}

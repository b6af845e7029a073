import type { RaidController, VirtualDrive } from '../record/raid.ts';
import type { Disk } from '../record/storage.ts';
import { definedOnly } from '../values/defined-only.ts';
import { printedBytes } from './printed-size.ts';
import { deviceName, isNetworkUnit } from './volume-disk.ts';

/** What is made of drives, and is none: never added to them. */
export interface MachineVolume {
  /** kernel name, else `volume` and its number with the controller */
  name: string;
  kind: 'RAID volume' | 'LUN';
  /** model or number of the controller */
  controller?: string;
  /** RAID level, as printed */
  level?: string;
  /** as printed */
  state?: string;
  sizeBytes?: number;
  /** name that its owner gave it */
  label?: string;
  model?: string;
  serial?: string;
  wwn?: string;
  hctl?: string;
  byPath?: string;
}

/** Volumes of controllers with what Linux says of them, each once, then those that only Linux shows. A tool that does not name the disk of a volume tells it by its size. */
export function machineVolumes(controllers: readonly RaidController[], disks: readonly Disk[]): MachineVolume[] {
  const left = [...disks];
  const take = (isIt: (disk: Disk) => boolean): Disk | undefined => {
    const at = left.findIndex(isIt);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const told = controllers.flatMap((controller) => controller.virtualDrives.map((volume) => ({ controller, volume })));
  const named = told.map(({ controller, volume }) => {
    const name = deviceName(volume.device);
    return {
      controller,
      volume,
      disk: name === undefined ? undefined : take((disk) => disk.name === name || disk.paths?.includes(name) === true),
    };
  });
  const known = named.map(({ controller, volume, disk }) => {
    const size = volumeBytes(volume, controller.tool);
    const own = disk ?? (volume.device === undefined ? take((other) => !isNetworkUnit(other) && isNear(other.sizeBytes, size)) : undefined);
    return ofController(controller, volume, own);
  });
  return [...known, ...left.map(ofLinux)];
}

function ofController({ id, model, tool }: RaidController, volume: VirtualDrive, disk: Disk | undefined): MachineVolume {
  const { level, state, name: label } = volume;
  const { sizeBytes = volumeBytes(volume, tool), ...own } = disk === undefined ? ({} as Partial<MachineVolume>) : ofLinux(disk);
  return {
    ...own,
    name: own.name ?? deviceName(volume.device) ?? `volume ${volume.id}`,
    kind: 'RAID volume',
    controller: model ?? id,
    ...definedOnly({ level, state, sizeBytes, label }),
  };
}

function ofLinux(disk: Disk): MachineVolume {
  const { name, sizeBytes = printedBytes(disk.sizeText, 'multipath', 'volume'), model, serial, wwn, hctl, byPath } = disk;
  return { name, kind: isNetworkUnit(disk) ? 'LUN' : 'RAID volume', ...definedOnly({ sizeBytes, model, serial, wwn, hctl, byPath }) };
}

function volumeBytes({ sizeBytes, sizeText }: VirtualDrive, tool: string): number | undefined {
  return sizeBytes ?? printedBytes(sizeText, tool, 'volume');
}

/** Tools print three digits. */
function isNear(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a / b - 1) < 0.01;
}

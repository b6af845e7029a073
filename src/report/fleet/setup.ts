import type { MachineDrive } from '../../domain/drives/machine-drive.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import { driveSize } from '../../domain/values/drive-size.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import { binarySize } from '../../domain/values/shown-size.ts';
import { DIMM, fittedDimms } from '../columns/dimms.ts';
import { graphicsCards } from './graphics-cards.ts';
import { isPort } from './wired-links.ts';

/** What equal machines have in common, in the order in which people ask. */
export const ASPECTS = [
  'CPU',
  'Memory',
  'Disks',
  'Network',
  'GPUs',
  'RAID controllers',
  'Power supplies',
  'BIOS',
  'BMC firmware',
  'NIC firmware',
  'Boot mode',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What is said of each drive. */
type SaidOfDrive = Pick<MachineDrive, 'kind' | 'sizeBytes' | 'vendor' | 'model'>;

/** Words for each aspect of a machine; a missing one was not reported. */
export type Setup = Readonly<Partial<Record<Aspect, string>>>;

/** Says a machine's parts so that equal machines get equal words. */
export function setupOf(data: RecordData, disks: readonly SaidOfDrive[] | undefined): Setup {
  const { cpu, firmware, bmc, storage, powerSupplies } = data;
  const nics = data.nics?.filter(isPort);
  const cards = data.gpus === undefined ? undefined : graphicsCards(data.gpus);
  const words: Record<Aspect, string | undefined> = {
    CPU: cpu?.model === undefined ? undefined : `${cpu.sockets ?? '?'} × ${plainModel(cpu.model)}`,
    Memory: memoryWords(data.memory),
    Disks: tallied(
      disks?.map(
        ({ kind, sizeBytes, vendor, model }) =>
          knownWords([driveSize(sizeBytes), kind === 'other' ? undefined : kind, vendor, model]) || 'disk',
      ),
    ),
    Network: tallied(nics?.map(({ vendor, product, driver }) => knownWords([vendor, product]) || (driver ?? 'port'))),
    GPUs: tallied(cards?.map(({ vendor, model }) => knownWords([vendor, model]) || 'GPU')),
    'RAID controllers': tallied(storage?.controllers?.map(({ model }) => model ?? 'controller')),
    'Power supplies': tallied(powerSupplies?.filter(({ present }) => present !== false).map(({ model, name }) => model ?? name ?? 'unit')),
    BIOS: firmware?.version,
    'BMC firmware': bmc?.firmware,
    'NIC firmware': distinct(nics?.map((nic) => knownWords([nic.driver, nic.firmware]))),
    'Boot mode': firmware?.bootMode,
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined && value !== '')) as Setup;
}

function memoryWords(memory: RecordData['memory']): string | undefined {
  const fitted = fittedDimms(memory) ?? [];
  if (fitted.length === 0) return binarySize(memory?.installedBytes);
  return tallied(
    fitted.map((dimm) => {
      const speed = DIMM.speedMtps.of(dimm);
      return knownWords([binarySize(dimm.sizeBytes) ?? 'unknown size', dimm.type, speed === undefined ? undefined : `${speed} MT/s`]);
    }),
  );
}

/** Processors say their name with marks and fillers that push the number out of sight. */
function plainModel(model: string): string {
  return model
    .replaceAll(/\((?:R|TM|C)\)|\b(?:CPU|Processor)\b/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** `12 × this, 2 × that`: the most frequent first. */
function tallied(names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  if (names.length === 0) return 'none';
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, all]) => [all.length, name] as const)
    .sort(([a, left], [b, right]) => b - a || (left < right ? -1 : 1))
    .map(([count, name]) => `${count} × ${name}`)
    .join(', ');
}

function distinct(names: readonly string[] | undefined): string | undefined {
  return names === undefined
    ? undefined
    : [...new Set(names)]
        .filter((name) => name.includes(' '))
        .sort()
        .join(', ');
}

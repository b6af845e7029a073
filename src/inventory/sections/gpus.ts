import type { Accelerator, Gpu } from '../../domain/record/accelerators.ts';
import type { PciFunction } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { Readings } from '../readings/readings.ts';
import { lshwGpus } from '../tools/lshw/pci.ts';
import { ok, type SectionResult } from '../values/section.ts';
import { seenByAny } from '../values/seen-by-any.ts';

/**
 * PCI class 03xx, with what nvidia-smi and rocm-smi know of their cards; a card that only they show is there too. lshw has no
 * numbers of classes: of a card that it alone shows its own word counts. `pci` is that section of the record.
 */
export function normaliseGpus(
  { pciFunctions, lshw, nvidiaSmi, rocmSmi }: Pick<Readings, 'pciFunctions' | 'lshw' | 'nvidiaSmi' | 'rocmSmi'>,
  pci: SectionResult<PciFunction[]>,
): SectionResult<Gpu[]> {
  const fromDriver = new Map([...rocmSmi, ...nvidiaSmi].map((gpu) => [gpu.pciAddress, gpu]));
  if (pci.status !== 'ok') return fromDriver.size > 0 ? ok([...fromDriver.values()]) : pci;
  const displays = pci.data.filter((found) => isOfClass(found, '03', DISPLAY)).map((found): Gpu => describe(found));
  const classified = new Set(pciFunctions.filter(({ classId }) => classId !== undefined).map(({ address }) => address));
  const fromLshw = lshwGpus(lshw).filter(({ pciAddress }) => !classified.has(pciAddress ?? ''));
  const listed = seenByAny(displays, fromLshw, { keys: [({ pciAddress }) => pciAddress], join: (gpu) => gpu });
  const gpus = listed.map((gpu): Gpu => {
    const card = fromDriver.get(gpu.pciAddress);
    fromDriver.delete(gpu.pciAddress);
    return { ...gpu, ...card };
  });
  return ok([...gpus, ...fromDriver.values()]);
}

/** PCI class 12xx of that section of the record. */
export function normaliseAccelerators(
  { pciFunctions }: Pick<Readings, 'pciFunctions'>,
  pci: SectionResult<PciFunction[]>,
): SectionResult<Accelerator[]> {
  if (pci.status === 'ok' && pci.data.length > 0 && pciFunctions.length === 0) {
    return { status: 'absent', reason: 'lshw, the only source, has no numbers of PCI classes' };
  }
  return pci.status === 'ok' ? ok(pci.data.filter((found) => isOfClass(found, '12', ACCELERATOR)).map(describe)) : pci;
}

/** By its number; a text of lspci without numbers has the name of the class alone. */
function isOfClass({ classId, class: name }: PciFunction, number: string, word: RegExp): boolean {
  return classId === undefined ? word.test(name ?? '') : classId.startsWith(number);
}

const DISPLAY = /^(VGA compatible|XGA compatible|3D|Display) controller$/;
const ACCELERATOR = /^Processing accelerators$/;

function describe(found: PciFunction): Accelerator {
  return definedOnly<Accelerator>({ pciAddress: found.address, vendor: found.vendor, model: found.device, driver: found.driver });
}

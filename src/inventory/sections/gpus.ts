import type { Capture } from '../../domain/capture.ts';
import type { Accelerator, Gpu } from '../../domain/record/accelerators.ts';
import type { PciFunction } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { decodeText } from '../../domain/values/text.ts';
import { lshwGpus } from '../tools/lshw/pci.ts';
import { parseNvidiaSmi } from '../tools/nvidia-smi-xml.ts';
import { parseRocmSmi } from '../tools/rocm-smi.ts';
import type { SectionResult } from '../values/section.ts';
import { ok } from '../values/section.ts';
import { normalisePci, pciFunctions } from './pci/pci.ts';

/**
 * PCI class 03xx, with what nvidia-smi and rocm-smi know of their cards; a card that only they show is there too. lshw has no
 * numbers of classes: where it is the only source, its own word counts.
 */
export function normaliseGpus(capture: Capture): SectionResult<Gpu[]> {
  const cards = [...parseRocmSmi(capture.output('rocm-smi')), ...parseNvidiaSmi(decodeText(capture.output('nvidia-smi')))];
  const fromDriver = new Map(cards.map((gpu) => [gpu.pciAddress, gpu]));
  const pci = normalisePci(capture);
  if (pci.status !== 'ok') return fromDriver.size > 0 ? ok([...fromDriver.values()]) : pci;
  const displays = pci.data.filter((found) => found.classId?.startsWith('03') === true).map((found): Gpu => describe(found));
  const listed = pciFunctions(capture).length > 0 ? displays : lshwGpus(capture);
  const gpus = listed.map((gpu): Gpu => {
    const card = fromDriver.get(gpu.pciAddress);
    fromDriver.delete(gpu.pciAddress);
    return { ...gpu, ...card };
  });
  return ok([...gpus, ...fromDriver.values()]);
}

/** PCI class 12xx. */
export function normaliseAccelerators(capture: Capture): SectionResult<Accelerator[]> {
  const pci = normalisePci(capture);
  if (pci.status === 'ok' && pci.data.length > 0 && pciFunctions(capture).length === 0) {
    return { status: 'absent', reason: 'lshw, the only source, has no numbers of PCI classes' };
  }
  return pci.status === 'ok' ? ok(pci.data.filter((found) => found.classId?.startsWith('12') === true).map(describe)) : pci;
}

function describe(found: PciFunction): Accelerator {
  return definedOnly<Accelerator>({ pciAddress: found.address, vendor: found.vendor, model: found.device, driver: found.driver });
}

import type { Capture } from '../domain/capture.ts';
import type { Accelerator, Gpu } from '../domain/record/accelerators.ts';
import type { PciFunction } from '../domain/record/devices.ts';
import { parseNvidiaSmi } from './nvidia-smi-xml.ts';
import { normalisePci } from './pci.ts';
import type { SectionResult } from './section.ts';
import { ok, present } from './section.ts';
import { decodeText } from './text.ts';

/** PCI class 03xx, with what nvidia-smi knows of its cards; a card that only nvidia-smi shows is there too. */
export function normaliseGpus(capture: Capture): SectionResult<Gpu[]> {
  const fromNvidia = new Map(parseNvidiaSmi(decodeText(capture.output('nvidia-smi'))).map((gpu) => [gpu.pciAddress, gpu]));
  const pci = normalisePci(capture);
  if (pci.status !== 'ok') return fromNvidia.size > 0 ? ok([...fromNvidia.values()]) : pci;
  const displays = pci.data.filter((found) => found.classId?.startsWith('03') === true);
  const gpus = displays.map((found): Gpu => {
    const nvidia = fromNvidia.get(found.address);
    fromNvidia.delete(found.address);
    return { ...describe(found), ...nvidia };
  });
  return ok([...gpus, ...fromNvidia.values()]);
}

/** PCI class 12xx. */
export function normaliseAccelerators(capture: Capture): SectionResult<Accelerator[]> {
  const pci = normalisePci(capture);
  return pci.status === 'ok' ? ok(pci.data.filter((found) => found.classId?.startsWith('12') === true).map(describe)) : pci;
}

function describe(found: PciFunction): Accelerator {
  return present<Accelerator>({ pciAddress: found.address, vendor: found.vendor, model: found.device, driver: found.driver });
}

import type { RecordData } from '../../domain/record/record-data.ts';

/** Class and subclass of a VGA controller (PCI code and ID assignment): what a monitor hangs on, a BMC's own too. */
const VGA = '0300';

/** ATI's chips on boards of servers, which were made for the console of a BMC (pci.ids: 1002:515e is ES1000, 1002:4752 Rage XL). */
const ON_BOARD = /\b(?:ES1000|RN50|Rage)\b/i;

/**
 * How many GPUs of a machine compute: those of NVIDIA and AMD, those of others that are no VGA controller (a BMC's are), and AMD's accelerators of
 * PCI class 12xx. A card that an image without its driver sees is counted too.
 */
export function computeGpuCount({ gpus, accelerators, pci }: Pick<RecordData, 'gpus' | 'accelerators' | 'pci'>): number {
  const own = (gpus ?? []).filter(
    ({ vendor, model, pciAddress }) =>
      !ON_BOARD.test(model ?? '') && (isGpuMaker(vendor) || !isVga(pci?.find((one) => one.address === pciAddress)?.classId)),
  );
  return own.length + (accelerators ?? []).filter(({ vendor }) => /advanced micro|\bamd\b/i.test(vendor ?? '')).length;
}

function isGpuMaker(vendor = ''): boolean {
  return /nvidia|advanced micro|\bamd\b/i.test(vendor);
}

/** What does not say its class is most often a BMC's. */
function isVga(classId: string | undefined): boolean {
  return classId === undefined || classId === VGA;
}

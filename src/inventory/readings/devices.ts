import type { Gpu } from '../../domain/record/accelerators.ts';
import type { PciFunction, UsbDevice } from '../../domain/record/devices.ts';
import { decodeText, wholeLines } from '../../domain/values/text.ts';
import { parseLscpu } from '../tools/lscpu-output.ts';
import { parseLspci } from '../tools/lspci/lspci.ts';
import { parseLsusb } from '../tools/lsusb-text.ts';
import { parseNvidiaSmi } from '../tools/nvidia-smi-xml.ts';
import { parseRocmSmi } from '../tools/rocm-smi.ts';
import type { CopiedFiles } from '../values/copied-files.ts';
import type { Makers } from './lazily.ts';
import { pciFunctions } from './pci-functions.ts';
import type { ToolOutputs } from './tool-outputs.ts';

/** What the tools that list processors and devices on the buses say. */
export interface DeviceReadings {
  /** field → value */
  readonly lscpu: ReadonlyMap<string, string>;
  readonly lspci: Listing<PciFunction>;
  /** of lspci and /sys together */
  readonly pciFunctions: readonly PciFunction[];
  readonly lsusb: Listing<UsbDevice>;
  readonly nvidiaSmi: readonly Gpu[];
  readonly rocmSmi: readonly Gpu[];
}

/** What a tool lists. One that ended well and printed nothing has looked and found nothing. */
export interface Listing<T> {
  items: readonly T[];
  printedNothing: boolean;
}

/** @param files the copied files, for the PCI functions that /sys knows */
export function deviceReadings({ bytes }: ToolOutputs, files: CopiedFiles): Makers<DeviceReadings> {
  return {
    lscpu: () => parseLscpu(bytes('lscpu')),
    lspci: () => {
      const printed = decodeText(bytes('lspci'));
      return { items: parseLspci(wholeLines(printed)), printedNothing: printed.trim() === '' };
    },
    pciFunctions: ({ lspci }) => pciFunctions(lspci.items, files),
    lsusb: () => {
      const printed = bytes('lsusb');
      return { items: parseLsusb(wholeLines(decodeText(printed))), printedNothing: printed?.length === 0 };
    },
    nvidiaSmi: () => parseNvidiaSmi(decodeText(bytes('nvidia-smi'))),
    rocmSmi: () => parseRocmSmi(bytes('rocm-smi')),
  };
}

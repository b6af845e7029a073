import { z } from 'zod';
import { about, optional, text } from './section.ts';

const NVIDIA = 'nvidia-smi -q -x';
const ROCM = 'rocm-smi -a';

/** A display controller (PCI class 03xx), the BMC's own among them. */
export const Gpu = z.looseObject({
  pciAddress: text.meta(about('domain:bus:device.function', `lspci class 03xx, ${NVIDIA}, ${ROCM} PCI Bus, lshw`)),
  vendor: optional.text.meta(about('name of the vendor', `lspci -Dvmmnnk, ${ROCM} Card vendor, lshw`)),
  model: optional.text.meta(about('name of the card', `${NVIDIA} product_name, ${ROCM} Card series, lspci -Dvmmnnk, lshw`)),
  driver: optional.text.meta(about('driver that is bound', 'lspci -Dvmmnnk, lshw')),
  serial: optional.text.meta(about('serial number', `${NVIDIA} serial, ${ROCM} Serial Number`)),
  uuid: optional.text.meta(about('UUID or other unique number that the driver gives', `${NVIDIA} uuid, ${ROCM} Unique ID`)),
  vbios: optional.text.meta(about('version of its firmware', `${NVIDIA} vbios_version, ${ROCM} VBIOS version`)),
  partNumber: optional.text.meta(about('part number', `${NVIDIA} gpu_part_number, ${ROCM} Card SKU`)),
  memoryBytes: optional.count.meta(about('memory of the card', `${NVIDIA} fb_memory_usage, ${ROCM} VRAM Total Memory (B)`)),
  eccEnabled: optional.flag.meta(about('its memory corrects errors', `${NVIDIA} ecc_mode`)),
  migEnabled: optional.flag.meta(about('it is cut into instances', `${NVIDIA} mig_mode`)),
  driverVersion: optional.text.meta(about('version of the driver', `${NVIDIA} driver_version, ${ROCM} Driver version`)),
  problem: optional.text.meta(about('what the driver says in place of values where the card does not answer', NVIDIA)),
});
export type Gpu = z.infer<typeof Gpu>;

/** A processing accelerator (PCI class 12xx). */
export const Accelerator = z.looseObject({
  pciAddress: text.meta(about('domain:bus:device.function', 'lspci class 12xx')),
  vendor: optional.text.meta(about('name of the vendor', 'lspci -Dvmmnnk')),
  model: optional.text.meta(about('name of the device', 'lspci -Dvmmnnk')),
  driver: optional.text.meta(about('driver that is bound', 'lspci -Dvmmnnk')),
});
export type Accelerator = z.infer<typeof Accelerator>;

import type { UsbDevice } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';

/** Devices of `lsusb`, with or without `-v`: the lines that begin with bus and number. */
export function parseLsusb(text: string): UsbDevice[] {
  return [...text.matchAll(/^Bus (\d{3}) Device (\d{3}): ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/gim)].map(
    ([, bus, device, vendorId = '', productId = '', name]) =>
      definedOnly<UsbDevice>({
        bus: wholeNumber(bus),
        device: wholeNumber(device),
        vendorId: vendorId.toLowerCase(),
        productId: productId.toLowerCase(),
        name: meaningful(name),
      }),
  );
}

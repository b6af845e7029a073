import type { UsbDevice } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';

/** Devices of `lsusb`: the lines that begin with bus and number; with `-v` also the serial number that stands below. */
export function parseLsusb(text: string): UsbDevice[] {
  return text.split(/^(?=Bus \d{3} Device \d{3}: ID )/im).flatMap((block) => {
    const [, bus, device, vendorId, productId, name] = HEAD.exec(block) ?? [];
    if (vendorId === undefined || productId === undefined) return [];
    const serial = /^ +iSerial +(?!0\b)\d+ (\S.*)$/m.exec(block)?.[1];
    return [
      definedOnly<UsbDevice>({
        bus: wholeNumber(bus),
        device: wholeNumber(device),
        vendorId: vendorId.toLowerCase(),
        productId: productId.toLowerCase(),
        name: meaningful(name),
        // a root hub has the PCI address of its controller there; who may not open a device has `(error)`
        serial: vendorId.toLowerCase() === '1d6b' || serial?.startsWith('(error)') === true ? undefined : meaningfulIdentity(serial),
      }),
    ];
  });
}

const HEAD = /^Bus (\d{3}) Device (\d{3}): ID ([0-9a-f]{4}):([0-9a-f]{4})(?: (.*))?$/im;

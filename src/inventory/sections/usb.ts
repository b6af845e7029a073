import type { Capture } from '../../domain/capture.ts';
import type { UsbDevice } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { decodeText, wholeLines, wholeNumber } from '../../domain/values/text.ts';
import { copiedValue } from '../values/copied-files.ts';
import { noData, ok, type SectionResult } from '../values/section.ts';

/** USB devices from `lsusb` (with or without -v), with serial numbers from /sys; either is enough. By bus and number. */
export function normaliseUsb(capture: Capture): SectionResult<UsbDevice[]> {
  const fromLsusb = parseLsusb(wholeLines(decodeText(capture.output('lsusb'))));
  const fromSysfs = capture.list('sys/bus/usb/devices').map((name) => readSysfs(capture, name));
  const devices = new Map(fromLsusb.map((device) => [keyOf(device), device]));
  for (const device of fromSysfs.filter((found) => found !== undefined)) {
    const key = keyOf(device);
    devices.set(key, { ...device, ...devices.get(key) });
  }
  if (devices.size > 0) return ok([...devices.values()].sort((a, b) => (a.bus ?? 0) - (b.bus ?? 0) || (a.device ?? 0) - (b.device ?? 0)));
  const lsusb = capture.index.commands.find((command) => command.id === 'lsusb');
  return lsusb?.status === 'ok' && capture.output('lsusb')?.length === 0 ? ok([]) : noData(capture, ['lsusb']);
}

function parseLsusb(text: string): UsbDevice[] {
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

/** Interfaces (`1-1:1.0`) stand among the devices there and have no idVendor. */
function readSysfs(capture: Capture, name: string): UsbDevice | undefined {
  const text = (file: string): string | undefined => copiedValue(capture, `sys/bus/usb/devices/${name}/${file}`);
  const [vendorId, productId] = [text('idVendor'), text('idProduct')];
  if (vendorId === undefined || productId === undefined) return undefined;
  const isController = vendorId === '1d6b';
  return definedOnly<UsbDevice>({
    bus: wholeNumber(text('busnum')),
    device: wholeNumber(text('devnum')),
    vendorId,
    productId,
    name: meaningful([text('manufacturer'), text('product')].filter((part) => part !== undefined).join(' ')),
    // a root hub has the PCI address of its controller there
    serial: isController ? undefined : meaningfulIdentity(text('serial')),
  });
}

function keyOf(device: UsbDevice): string {
  return `${device.bus}/${device.device}/${device.vendorId}:${device.productId}`;
}

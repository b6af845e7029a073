import type { UsbDevice } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import type { Readings } from '../readings/readings.ts';
import { type CopiedFiles, copiedValue } from '../values/copied-files.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../values/section.ts';

/** USB devices from `lsusb` (with or without -v), with serial numbers from /sys; either is enough. By bus and number. */
export function normaliseUsb({ lsusb }: Pick<Readings, 'lsusb'>, capture: CopiedFiles & CommandLog): SectionResult<UsbDevice[]> {
  const fromSysfs = capture.list('sys/bus/usb/devices').map((name) => readSysfs(capture, name));
  const devices = new Map(lsusb.items.map((device) => [keyOf(device), device]));
  for (const device of fromSysfs.filter((found) => found !== undefined)) {
    const key = keyOf(device);
    devices.set(key, { ...device, ...devices.get(key) });
  }
  if (devices.size > 0) return ok([...devices.values()].sort((a, b) => (a.bus ?? 0) - (b.bus ?? 0) || (a.device ?? 0) - (b.device ?? 0)));
  const hasRun = capture.index.commands.some(({ id, status }) => id === 'lsusb' && status === 'ok');
  return hasRun && lsusb.printedNothing ? ok([]) : noData(capture, ['lsusb']);
}

/** Interfaces (`1-1:1.0`) stand among the devices there and have no idVendor. */
function readSysfs(files: CopiedFiles, name: string): UsbDevice | undefined {
  const text = (file: string): string | undefined => copiedValue(files, `sys/bus/usb/devices/${name}/${file}`);
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

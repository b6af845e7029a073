import type { PciFunction } from '../../../domain/record/devices.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';

/**
 * `lspci -nn`, `-nnk` or `-D` of these. Vendor and device are one name here, and where one ends and the other begins cannot be told:
 * it is kept as the name of the device.
 */
export function parseLspciText(text: string): PciFunction[] {
  return text.split(/\n(?=[0-9a-f]{2,8}:[0-9a-f]{2}[:.])/i).flatMap((block) => {
    const [, domain, slot, className, classId, name, vendorId, deviceId, revision] = HEAD.exec(block) ?? [];
    if (slot === undefined) return [];
    const [, subsystemVendorId, subsystemDeviceId] = /^\s+Subsystem: .*\[([0-9a-f]{4}):([0-9a-f]{4})\]$/im.exec(block) ?? [];
    return [
      definedOnly<PciFunction>({
        address: `${domain ?? '0000:'}${slot}`.toLowerCase(),
        classId,
        class: className,
        vendorId,
        deviceId,
        device: name === undefined || /^(Device)?$/.test(name) ? undefined : name,
        subsystemVendorId,
        subsystemDeviceId,
        driver: /^\s+Kernel driver in use: (\S+)$/m.exec(block)?.[1],
        revision,
      }),
    ];
  });
}

/** `00:1f.2 SATA controller [0106]: Intel Corporation … [8086:a102] (rev 31)`. */
const HEAD =
  /^([0-9a-f]{4,8}:)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) ([^[\n]+) \[([0-9a-f]{4})\]: (.*?) ?\[([0-9a-f]{4}):([0-9a-f]{4})\](?: \(rev ([0-9a-f]{2})\))?/i;

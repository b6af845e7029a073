import type { PciFunction } from '../../../domain/record/devices.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { wholeNumber } from '../../../domain/values/text.ts';

/**
 * `lspci` without an option, with `-n`, `-nn`, `-k`, `-v` or `-D`, and any of these together. Vendor and device are one name here, and where one ends and the
 * other begins cannot be told: it is kept as the name of the device.
 */
export function parseLspciText(text: string): PciFunction[] {
  return text.split(/\n(?=[0-9a-f]{2,8}:[0-9a-f]{2}[:.])/i).flatMap((block) => {
    const [, domain, slot, rest = ''] = /^([0-9a-f]{4,8}:)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) (\S.*)/i.exec(block) ?? [];
    const described = FORMS.map((form) => form.exec(rest)?.groups).find((groups) => groups !== undefined);
    if (slot === undefined || described === undefined) return [];
    const { kind, classId, name, vendorId, deviceId } = described;
    const [, subsystem, subsystemVendorId, subsystemDeviceId] = SUBSYSTEM.exec(block) ?? [];
    return [
      definedOnly<PciFunction>({
        address: `${domain ?? '0000:'}${slot}`.toLowerCase(),
        classId,
        class: kind,
        vendorId,
        deviceId,
        device: name === undefined || /^(Device)?$/.test(name) ? undefined : name,
        subsystemVendorId,
        subsystemDeviceId,
        // of a card that its list does not know lspci writes the vendor and `Device`
        subsystemDevice: subsystem === undefined || /^$|\bDevice( [0-9a-f]{4})?$/.test(subsystem) ? undefined : subsystem,
        driver: /^\s+Kernel driver in use: (\S+)$/m.exec(block)?.[1],
        modules: /^\s+Kernel modules: (\S.*?)\s*$/m.exec(block)?.[1]?.split(/,\s*/),
        revision: /\(rev ([0-9a-f]{2})\)/i.exec(rest)?.[1],
        slot: /^\s+Physical Slot: (\S+)\s*$/m.exec(block)?.[1],
        numaNode: wholeNumber(/\bNUMA node:? (\d+)\b/.exec(block)?.[1]),
      }),
    ];
  });
}

/**
 * `SATA controller [0106]: Intel Corporation … [8086:a102]` with numbers and names, `0106: 8086:a102` with numbers alone, and names alone, where a class or
 * device that has none is a number all the same.
 */
const FORMS: readonly RegExp[] = [
  /^(?<kind>[^[\n]+) \[(?<classId>[0-9a-f]{4})\]: (?<name>.*?) ?\[(?<vendorId>[0-9a-f]{4}):(?<deviceId>[0-9a-f]{4})\]/i,
  /^(?<classId>[0-9a-f]{4}): (?<vendorId>[0-9a-f]{4}):(?<deviceId>[0-9a-f]{4})\b/i,
  /^(?<kind>[A-Z\d][^[:\n]*?)(?: \[(?<classId>[0-9a-f]{4})\])?: (?<name>[^\n]*?)(?: \((?:rev|prog-if) [^\n]*)?$/i,
];

const SUBSYSTEM = /^\s+Subsystem: (.*?) ?(?:\[?([0-9a-f]{4}):([0-9a-f]{4})\]?)?\s*$/im;

import type { Capture } from '../domain/capture.ts';
import type { FirmwareSection } from '../domain/node-record.ts';
import { dmiId, dmiRecords } from './dmi.ts';
import { recordsOfType } from './dmidecode-text.ts';
import { meaningful } from './placeholder.ts';
import { noData, ok, present, type SectionResult } from './section.ts';
import { decodeText } from './text.ts';

/** SMBIOS type 0, and how this boot came about. */
export function normaliseFirmware(capture: Capture): SectionResult<FirmwareSection> {
  const bios = recordsOfType(dmiRecords(capture), 0)[0]?.fields;
  const field = (key: string, file: string): string | undefined => bios?.get(key) ?? dmiId(capture, file);
  const data = present<FirmwareSection>({
    vendor: meaningful(field('Vendor', 'bios_vendor')),
    version: meaningful(field('Version', 'bios_version')),
    date: meaningful(field('Release Date', 'bios_date')),
    bootMode: bootModeOf(capture),
  });
  return Object.keys(data).length > 0 ? ok(data) : noData(capture, ['dmidecode']);
}

/**
 * /sys/firmware/efi exists exactly when the kernel was started by UEFI. That it is missing only says something where the other
 * things that firmware leaves in /sys were copied, and ARM has no BIOS.
 */
function bootModeOf(capture: Capture): FirmwareSection['bootMode'] {
  if (capture.file('sys/firmware/efi/fw_platform_size') !== undefined) return 'uefi';
  const isX86 = /^flags\s*:/m.test(decodeText(capture.file('proc/cpuinfo')));
  const hasFirmwareFiles = capture.list('sys/firmware').length > 0 || capture.list('sys/class/dmi/id').length > 0;
  return isX86 && hasFirmwareFiles ? 'bios' : undefined;
}

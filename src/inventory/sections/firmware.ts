import type { FirmwareSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import type { Readings } from '../readings/readings.ts';
import { recordsOfType } from '../smbios/dmidecode-text.ts';
import { type CopiedFiles, copiedText, copiedValue } from '../values/copied-files.ts';
import { isAfter, lastPossibleDay } from '../values/possible-day.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { notDescribed } from './dmi-absence.ts';
import { dmiId } from './dmi-id.ts';
import { efiBootOrder } from './efi-boot-order.ts';
import { secureBootOf, setupModeOf } from './secure-boot.ts';

/** SMBIOS type 0, and how this boot came about. */
export function normaliseFirmware(
  { dmi, dmiAndLshw, efibootmgr }: Pick<Readings, 'dmi' | 'dmiAndLshw' | 'efibootmgr'>,
  capture: CopiedFiles & CommandLog,
): SectionResult<FirmwareSection> {
  const bios = recordsOfType(dmiAndLshw, 0)[0]?.fields;
  const field = (key: string, file: string): string | undefined => bios?.get(key) ?? dmiId(capture, file);
  const date = meaningful(field('Release Date', 'bios_date'));
  const mac = bootMacOf(copiedText(capture, 'proc/cmdline'));
  const data = definedOnly<FirmwareSection>({
    vendor: meaningful(field('Vendor', 'bios_vendor')),
    version: meaningful(field('Version', 'bios_version')),
    [isAfter(lastPossibleDay(capture), date) ? 'impossibleDate' : 'date']: date,
    bootMode: bootModeOf(capture),
    secureBoot: secureBootOf(capture),
    setupMode: setupModeOf(capture),
    ...efibootmgr,
    ...efiBootOrder(capture),
    bootNicMac: mac,
    bootNicName: mac === undefined ? undefined : interfaceOf(capture, mac),
  });
  return Object.keys(data).length > 0 ? ok(data) : notDescribed(dmi, capture, 'firmware');
}

/**
 * /sys/firmware/efi exists exactly when the kernel was started by UEFI. That it is missing only says something where the other
 * things that firmware leaves in /sys were copied, and ARM has no BIOS.
 */
function bootModeOf(files: CopiedFiles): FirmwareSection['bootMode'] {
  if (files.file('sys/firmware/efi/fw_platform_size') !== undefined) return 'uefi';
  const isX86 = /^flags\s*:/m.test(copiedText(files, 'proc/cpuinfo'));
  const hasFirmwareFiles = files.list('sys/firmware').length > 0 || files.list('sys/class/dmi/id').length > 0;
  return isX86 && hasFirmwareFiles ? 'bios' : undefined;
}

/** PXELINUX writes the hardware type before the address and dashes between the bytes. */
function bootMacOf(commandLine: string): string | undefined {
  const written = /(?:^|\s)BOOTIF=(?:01-)?((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})(?=\s|$)/i.exec(commandLine)?.[1];
  return written?.toLowerCase().replaceAll('-', ':');
}

function interfaceOf(files: CopiedFiles, mac: string): string | undefined {
  const has = (name: string): boolean => copiedValue(files, `sys/class/net/${name}/address`)?.toLowerCase() === mac;
  return files.list('sys/class/net').find((name) => has(name) && !/^(bond|br|vlan)|\./.test(name));
}

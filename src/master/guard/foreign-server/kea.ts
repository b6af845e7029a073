import type { LoadedArchitecture } from '../../../domain/firmware.ts';
import { fileUrl, menuUrl, type OfferedFiles } from './boot-files.ts';

/**
 * Members of Dhcp4. iPXE's option is defined as one that holds others, so that a class can ask what it lists (Kea ARM, "Using Expressions in
 * Classification"). Where the file has such a list already, the entries go into it.
 */
export function keaLines({ address, byTftp, byHttp }: OfferedFiles): string[] {
  const definitions = [
    { name: 'ipxe-options', code: 175, type: 'empty', encapsulate: 'ipxe' },
    { name: 'http', code: 19, space: 'ipxe', type: 'uint8' },
  ];
  const isFirmware = ({ option93 }: LoadedArchitecture): string =>
    `not member('recon-ipxe') and option[93].hex == 0x${option93.toString(16).padStart(4, '0')}`;
  const classes = [
    { name: 'recon-ipxe', test: "option[175].option[19].exists and not (option[77].hex == 'gPXE')", 'boot-file-name': menuUrl(address) },
    ...byTftp.map((one) => ({ name: `recon-${one.name}`, test: isFirmware(one), 'next-server': address, 'boot-file-name': one.loader })),
    ...byHttp.map((one) => ({
      name: `recon-${one.name}`,
      test: isFirmware(one),
      'boot-file-name': fileUrl(address, one),
      'option-data': [{ name: 'vendor-class-identifier', data: 'HTTPClient', 'always-send': true }],
    })),
  ];
  return [...list('option-def', definitions, ','), ...list('client-classes', classes, '')];
}

function list(name: string, entries: readonly object[], end: string): string[] {
  return [`"${name}": [`, ...entries.map((one, at) => `  ${JSON.stringify(one)}${at === entries.length - 1 ? '' : ','}`), `]${end}`];
}

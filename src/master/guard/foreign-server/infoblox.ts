import { csvLine } from '../../../domain/values/csv-line.ts';
import { fileUrl, menuUrl, type OfferedFiles, vendorClass } from './boot-files.ts';

/**
 * Option filters of NIOS as its CSV import takes them (CSV Import Reference, "Option Filter": an expression stands in brackets). They ask for user class
 * and vendor class, which NIOS knows by name, and not for option 175, so that an iPXE counts as one that has HTTP.
 */
export function infobloxLines({ address, byTftp, byHttp }: OfferedFiles): string[] {
  const filters = [
    { name: 'Recon iPXE', expression: '(option user-class="iPXE")', file: menuUrl(address), option60: '' },
    ...byTftp.map((one) => ({ name: `Recon ${one.option93}`, expression: isFirmware(vendorClass(one)), file: one.loader, option60: '' })),
    ...byHttp.map((one) => ({
      name: `Recon ${one.option93}`,
      expression: isFirmware(vendorClass(one)),
      file: fileUrl(address, one),
      option60: 'HTTPClient',
    })),
  ];
  return [
    csvLine(['header-OptionFilter', 'name*', 'comment', 'expression', 'boot_file', 'boot_server', 'next_server', 'OPTION-60']),
    ...filters.map(({ name, expression, file, option60 }) =>
      csvLine(['OptionFilter', name, 'network boot by Recon', expression, file, address, address, option60]),
    ),
  ].map((line) => line.trimEnd());
}

function isFirmware(text: string): string {
  return `(substring(option vendor-class-identifier,0,${text.length})="${text}")`;
}

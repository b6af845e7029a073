import type { Capture } from '../../domain/capture.ts';
import type { TpmSection } from '../../domain/record/platform.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { recordsOfType } from '../smbios/dmidecode-text.ts';
import { copiedValue } from '../values/copied-files.ts';
import { noData, ok, type SectionResult } from '../values/section.ts';
import { dmiRecords } from './dmi.ts';

/** SMBIOS type 43 and /sys/class/tpm. The chip itself is never spoken to. */
export function normaliseTpm(capture: Capture): SectionResult<TpmSection> {
  const records = dmiRecords(capture);
  const fields = recordsOfType(records, 43)[0]?.fields;
  const chip = capture.list('sys/class/tpm')[0];
  const major = copiedValue(capture, `sys/class/tpm/${chip}/tpm_version_major`);
  const data = definedOnly<TpmSection>({
    version: major === '2' ? '2.0' : major === '1' ? '1.2' : meaningful(fields?.get('Specification Version')),
    vendor: meaningful(fields?.get('Vendor ID')),
    description: meaningful(fields?.get('Description')),
    firmware: meaningful(fields?.get('Firmware Revision')),
  });
  if (Object.keys(data).length > 0) return ok(data);
  return records.length > 0 ? { status: 'absent', reason: 'neither firmware nor kernel knows a TPM' } : noData(capture, ['dmidecode']);
}

import type { TpmSection } from '../../domain/record/platform.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import type { Readings } from '../readings/readings.ts';
import { recordsOfType } from '../smbios/dmidecode-text.ts';
import { type CopiedFiles, copiedValue } from '../values/copied-files.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { notDescribed } from './dmi-absence.ts';

/** SMBIOS type 43 and /sys/class/tpm. The chip itself is never spoken to. */
export function normaliseTpm({ dmi }: Pick<Readings, 'dmi'>, capture: CopiedFiles & CommandLog): SectionResult<TpmSection> {
  const fields = recordsOfType(dmi, 43)[0]?.fields;
  const chip = capture.list('sys/class/tpm')[0];
  const major = copiedValue(capture, `sys/class/tpm/${chip}/tpm_version_major`);
  const data = definedOnly<TpmSection>({
    version: major === '2' ? '2.0' : major === '1' ? '1.2' : meaningful(fields?.get('Specification Version')),
    vendor: meaningful(fields?.get('Vendor ID')),
    description: meaningful(fields?.get('Description')),
    firmware: meaningful(fields?.get('Firmware Revision')),
  });
  return Object.keys(data).length > 0 ? ok(data) : notDescribed(dmi, capture, 'TPM');
}

import type { CpuSocket } from '../../../domain/record/cpu.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { type DmiRecord, recordsOfType } from '../../smbios/dmidecode-text.ts';

/** SMBIOS type 4: each socket of the board. Of an empty one only its name is kept. */
export function cpuSockets(records: readonly DmiRecord[]): CpuSocket[] {
  return recordsOfType(records, 4)
    .map((record) => record.fields)
    .filter((fields) => /^(Central Processor|<.*>|Unknown|Other)?$/.test(fields.get('Type') ?? ''))
    .flatMap(readSocket);
}

/** None from a structure that was cut off before it says whether a processor is there. */
function readSocket(fields: ReadonlyMap<string, string>): CpuSocket[] {
  const designation = meaningful(fields.get('Socket Designation'));
  const model = meaningful(fields.get('Version'));
  const status = fields.get('Status');
  if (status === undefined && model === undefined) return [];
  if (/^unpopulated/i.test(status ?? '')) return [definedOnly<CpuSocket>({ designation, populated: false })];
  return [
    definedOnly<CpuSocket>({
      designation,
      populated: true,
      disabled: /\bdisabled\b/i.test(status ?? '') ? true : undefined,
      model,
      cores: positive(wholeNumber(fields.get('Core Count'))),
      coresEnabled: positive(wholeNumber(fields.get('Core Enabled'))),
      threads: positive(wholeNumber(fields.get('Thread Count'))),
      currentMhz: positive(wholeNumber(/^(\d+) MHz$/.exec(fields.get('Current Speed')?.trim() ?? '')?.[1])),
    }),
  ];
}

function positive(count: number | undefined): number | undefined {
  return count === 0 ? undefined : count;
}

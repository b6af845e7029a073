import type { MemorySection } from '../../domain/record/memory.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import { type CopiedFiles, copiedValue } from '../values/copied-files.ts';
import { nonEmpty } from '../values/non-empty.ts';

/** The controllers that Linux counts memory errors of; undefined where no EDAC driver is loaded. */
export function memoryControllers(files: CopiedFiles): MemorySection['controllers'] | undefined {
  const names = files.list('sys/devices/system/edac/mc').filter((name) => /^mc\d+$/.test(name));
  const controllers = names.map((name) => {
    const text = (file: string): string | undefined => copiedValue(files, `sys/devices/system/edac/mc/${name}/${file}`);
    return definedOnly<NonNullable<MemorySection['controllers']>[number]>({
      name,
      driver: text('mc_name'),
      correctedErrors: wholeNumber(text('ce_count')),
      uncorrectedErrors: wholeNumber(text('ue_count')),
    });
  });
  return nonEmpty(controllers);
}

import type { PciFunction } from '../../../domain/record/devices.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import type { Readings } from '../../readings/readings.ts';
import { lshwPciFunctions } from '../../tools/lshw/pci.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';
import { seenByAny } from '../../values/seen-by-any.ts';

/**
 * PCI functions that any of `lspci -Dvmmnnk`, /sys and lshw saw, those of lspci first; /sys alone gives numbers without names, and lshw adds the names.
 */
export function normalisePci(
  { pciFunctions, lspci, lshw }: Pick<Readings, 'pciFunctions' | 'lspci' | 'lshw'>,
  log: CommandLog,
): SectionResult<PciFunction[]> {
  const all = seenByAny(pciFunctions, lshwPciFunctions(lshw), { keys: [({ address }) => address], join: withNames });
  if (all.length > 0) return ok(all);
  // a machine without a PCI bus is no failure: lspci ends well and prints nothing
  const hasRun = log.index.commands.some(({ id, status }) => id === 'lspci' && status === 'ok');
  return hasRun && lspci.printedNothing ? ok([]) : noData(log, ['lspci']);
}

/** Numbers say which device it is; a name of another tool is only taken where nothing has one. */
function withNames(known: PciFunction, found: PciFunction): PciFunction {
  if (known.vendor !== undefined || known.device !== undefined) return known;
  const { class: kind, vendor, device, driver } = found;
  return { ...definedOnly<Partial<PciFunction>>({ class: kind, vendor, device, driver }), ...known };
}

import type { PciFunction } from '../../../domain/record/devices.ts';
import type { Readings } from '../../readings/readings.ts';
import { lshwPciFunctions } from '../../tools/lshw/pci.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';

/**
 * PCI functions from `lspci -Dvmmnnk` with what /sys adds, in bus order; /sys alone gives numbers without names. Without both, as
 * lshw lists them.
 */
export function normalisePci(
  { pciFunctions, lspci, lshw }: Pick<Readings, 'pciFunctions' | 'lspci' | 'lshw'>,
  log: CommandLog,
): SectionResult<PciFunction[]> {
  if (pciFunctions.length > 0) return ok([...pciFunctions]);
  const fromLshw = lshwPciFunctions(lshw);
  if (fromLshw.length > 0) return ok(fromLshw);
  // a machine without a PCI bus is no failure: lspci ends well and prints nothing
  const hasRun = log.index.commands.some(({ id, status }) => id === 'lspci' && status === 'ok');
  return hasRun && lspci.printedNothing ? ok([]) : noData(log, ['lspci']);
}

import type { DmiRecord } from '../smbios/dmidecode-text.ts';
import { type CommandLog, noData, type SectionResult } from '../values/section.ts';

/** dmidecode prints the structure that ends a table (DSP0134 7.46) with the whole table, and with no slice of it. */
const END_OF_TABLE = 127;

/**
 * Why a section of the firmware's tables is empty: the firmware describes nothing of the kind; dmidecode did not run, failed, or printed what is not its
 * own; or it was asked for another part of the table. `what` is named as in "the firmware describes no fan".
 */
export function notDescribed(
  records: readonly DmiRecord[],
  log: CommandLog,
  what: string,
): Exclude<SectionResult<never>, { status: 'ok' }> {
  if (records.some(({ type }) => type === END_OF_TABLE)) return { status: 'absent', reason: `the firmware describes no ${what}` };
  const calls = log.index.commands.filter(({ id }) => /^dmidecode(-|$)/.test(id));
  const hasFailed = calls.some(({ status }) => status === 'failed' || status === 'timeout');
  if (records.length === 0 || hasFailed) return noData(log, calls.length === 0 ? ['dmidecode'] : calls.map(({ id }) => id));
  return { status: 'absent', reason: `what dmidecode printed is a part of the table, and no ${what} is in it` };
}

import { parseGuestReport } from '../guest/guest-report.ts';
import type { MatrixOutcome } from '../machine/run-matrix.ts';
import { findGuestTrouble, stickDevices } from './guest-state.ts';
import { findKernelWords } from './kernel-words.ts';
import { findUnreadDisks, findWrittenDisks } from './written-disks.ts';

/** Everything that is wrong after a boot that took an inventory: disks, what the kernel said, what the guest says of itself. */
export function findBootTrouble(outcome: MatrixOutcome): string[] {
  return [...findWrittenDisks(outcome.traces), ...findUnreadDisks(outcome.traces), ...findSystemTrouble(outcome)];
}

/** What the guest and its kernel tell. A guest that ended in its initrd has no report; then only the console speaks. */
export function findSystemTrouble({ console, reportText }: Pick<MatrixOutcome, 'console' | 'reportText'>): string[] {
  if (reportText === undefined || reportText === '') return findKernelWords(console, []);
  const report = parseGuestReport(reportText);
  return [...findKernelWords([...report.kernel, ...console], stickDevices(report)), ...findGuestTrouble(report)];
}

import { findGuestTrouble, stickDevices } from '../findings/guest-state.ts';
import { findKernelWords } from '../findings/kernel-words.ts';
import { findWrittenDisks, type WrittenDisk } from '../findings/written-disks.ts';
import { parseGuestReport } from '../guest/guest-report.ts';
import type { DiskRequests } from '../machine/run-matrix.ts';
import type { Temptation } from './temptations.ts';

/** What was seen at one moment of a boot. */
export interface Moment {
  disks: readonly DiskRequests[];
  /** all that the guest has reported so far */
  reportText: string;
}

/** All that the checks of the matrix find of what happened between two moments. Pure. */
export function findBetween(before: Moment, after: Moment): string[] {
  const [earlier, report] = [kernelLines(before), parseGuestReport(after.reportText)];
  return [
    ...findWrittenDisks(after.disks.map((disk, index) => since(before.disks[index], disk))),
    ...findKernelWords(report.kernel.slice(earlier), stickDevices(report)),
    ...findGuestTrouble(report),
  ];
}

/** What a mutant should have made the checks find, and did not. Pure. */
export function missingFindings({ expected }: Pick<Temptation, 'expected'>, findings: readonly string[]): string[] {
  if (expected === undefined) return [];
  const { written, words } = expected;
  return [
    ...(written === undefined || findings.some((one) => one.startsWith(`${written} on `))
      ? []
      : [`nobody saw that ${written} was written`]),
    ...words.filter((word) => !findings.some((one) => word.test(one))).map((word) => `nothing says ${word.source}`),
  ];
}

/** The kernel's log only grows. */
function kernelLines({ reportText }: Moment): number {
  return reportText === '' ? 0 : parseGuestReport(reportText).kernel.length;
}

function since(before: DiskRequests | undefined, { disk, counters, requests }: DiskRequests): WrittenDisk {
  return {
    disk,
    counters: { writes: counters.writes - (before?.counters.writes ?? 0), unmaps: counters.unmaps - (before?.counters.unmaps ?? 0) },
    requests: requests.slice(before?.requests.length ?? 0),
    isChanged: false,
  };
}

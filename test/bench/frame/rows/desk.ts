import { type BenchRow, oursAtMost, ratioAtMost } from '../row.ts';

/** What somebody at a desk waits for. */
export const DESK_ROWS: readonly BenchRow[] = [
  {
    ...{ name: 'report', file: 'report.bench.ts', minutes: 30 },
    measures: 'recon report, and a search in its page in Chromium (LONG=1: of 10,000 machines, too)',
    lines: [
      { id: 'report.make-1000', what: 'recon report of 1,000 machines', unit: 's', goal: oursAtMost(10) },
      { id: 'report.peak-1000', what: 'its memory, at most', unit: 'MiB', goal: oursAtMost(1024) },
      { id: 'report.search-1000', what: 'a search among 1,000, key to frame', unit: 'ms' },
      { id: 'report.slowest-1000', what: 'the slowest of these searches', unit: 'ms', goal: oursAtMost(100) },
      { id: 'report.make-10000', what: 'recon report of 10,000 machines', unit: 's', goal: oursAtMost(60) },
      { id: 'report.peak-10000', what: 'its memory, at most', unit: 'MiB', goal: oursAtMost(1024) },
      { id: 'report.search-10000', what: 'a search among 10,000, key to frame', unit: 'ms' },
      { id: 'report.slowest-10000', what: 'the slowest of these searches', unit: 'ms', goal: oursAtMost(100) },
    ],
  },
  {
    ...{ name: 'normalise', file: 'normalise.bench.ts', minutes: 10 },
    measures: 'a capture into a record: the largest recording, and many disks',
    lines: [
      {
        id: 'normalise.process',
        what: 'recon normalise of the largest recording',
        theirs: 'recon --version',
        unit: 'ms',
        goal: oursAtMost(1000),
      },
      { id: 'normalise.work', what: 'its work alone', theirs: 'reading the files', unit: 'ms' },
      { id: 'normalise.disks', what: '1,200 disks behind a controller', theirs: '300 of them', unit: 'ms', goal: ratioAtMost(4.5) },
    ],
  },
];

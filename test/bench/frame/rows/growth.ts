import { type BenchRow, oursAtMost, ratioAtMost } from '../row.ts';

/** What ten times as many may take beside ten times the few: that is linear, and a little for what does not fit into caches any more. */
const LINEAR = ratioAtMost(1.2);

/** What is done for all machines: a hall of ten times as many may take ten times as long. */
export const GROWTH_ROWS: readonly BenchRow[] = [
  {
    ...{ name: 'seal', file: 'seal.bench.ts', minutes: 60 },
    measures: 'a seal and a merge, for each machine (MACHINES=, 200 without it), and how long pages wait meanwhile',
    lines: [
      {
        id: 'seal.machine',
        what: 'a seal, CPU of a machine',
        theirs: 'the same files: tar, gzip, sha256',
        unit: 'ms',
        goal: oursAtMost(7),
      },
      { id: 'seal.merge', what: 'a merge of two visits, CPU of a record', unit: 'ms', goal: oursAtMost(7.5) },
      { id: 'seal.pages', what: '/nodes while a thread seals, p99', theirs: 'idle', unit: 'ms', goal: ratioAtMost(2) },
      { id: 'seal.memory', what: 'memory of a process whose thread seals, at most', unit: 'MB', goal: oursAtMost(300) },
    ],
  },
  {
    ...{ name: 'many-machines', file: 'many-machines.bench.ts', minutes: 10 },
    measures: "the master's list of machines and its ledger, of 500 and 5,000 machines",
    lines: [
      { id: 'many-machines.nodes', what: '/nodes, for 5,000 rows', theirs: 'ten lists of 500', unit: 'ms', goal: LINEAR },
      { id: 'many-machines.ledger', what: '5,000 events of 5,000 machines', theirs: 'of 500 machines', unit: 'ms', goal: LINEAR },
    ],
  },
];

import { type BenchRow, ratioAtMost } from '../row.ts';

/** What ten times as many may take beside ten times the few: that is linear, and a little for what does not fit into caches any more. */
const LINEAR = ratioAtMost(1.2);

/** What is done for all machines: a hall of ten times as many may take ten times as long. */
export const GROWTH_ROWS: readonly BenchRow[] = [
  {
    ...{ name: 'many-machines', file: 'many-machines.bench.ts', minutes: 10 },
    measures: "the master's list of machines and its ledger, of 500 and 5,000 machines",
    lines: [
      { id: 'many-machines.nodes', what: '/nodes, for 5,000 rows', theirs: 'ten lists of 500', unit: 'ms', goal: LINEAR },
      { id: 'many-machines.ledger', what: '5,000 events of 5,000 machines', theirs: 'of 500 machines', unit: 'ms', goal: LINEAR },
    ],
  },
];

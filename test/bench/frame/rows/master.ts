import { type BenchRow, oursAtMost, ratioAtLeast, ratioAtMost } from '../row.ts';

/** What machines wait for, and what the program takes of the machine that it runs on. */
export const MASTER_ROWS: readonly BenchRow[] = [
  {
    ...{ name: 'serve-image', file: 'serve-image.bench.ts', minutes: 10 },
    measures: "an image over HTTP to one client, beside Node's own streams",
    lines: [
      { id: 'serve-image.cpu', what: 'image of 256 MiB, CPU of both ends', theirs: "Node's stream", unit: 'ms', goal: ratioAtMost(0.7) },
    ],
  },
  {
    ...{ name: 'intake', file: 'intake.bench.ts', minutes: 30 },
    measures:
      'records with captures, 32 at once, beside a plain server that is as careful (UPLOADS=, ROUNDS=; as root each on a file system of its own)',
    lines: [
      { id: 'intake.rate', what: 'records taken in', theirs: 'a careful plain server', unit: '/s', goal: ratioAtLeast(0.6) },
      { id: 'intake.p99', what: 'upload to receipt, p99', theirs: 'a careful plain server', unit: 'ms', goal: ratioAtMost(1.5) },
      { id: 'intake.alone', what: 'upload to receipt of one machine alone', theirs: 'a careful plain server', unit: 'ms' },
      { id: 'intake.cpu', what: 'CPU of a record', theirs: 'a careful plain server', unit: 'ms' },
      { id: 'intake.fsyncs', what: 'fsync and syncfs of a record', theirs: 'a careful plain server', unit: 'calls', goal: oursAtMost(4) },
      { id: 'intake.naive', what: 'records taken in', theirs: 'a plain server without fsync', unit: '/s' },
      { id: 'intake.memory', what: "the master's memory at the end", theirs: 'a careful plain server', unit: 'MB', goal: oursAtMost(200) },
      { id: 'intake.peak', what: "the master's memory, at most", theirs: 'a careful plain server', unit: 'MB' },
    ],
  },
  {
    ...{ name: 'leases', file: 'leases.bench.ts', minutes: 10 },
    measures: '1,000 leases a second through our dnsmasq and the reader of its log, beside dnsmasq alone and dnsmasq as it comes (root)',
    lines: [
      { id: 'leases.p99', what: 'DISCOVER to OFFER at 1,000/s, p99', theirs: 'the same dnsmasq alone', unit: 'ms', goal: oursAtMost(10) },
      { id: 'leases.lost', what: 'leases at 1,000/s that were lost or not noted', unit: 'of all', goal: oursAtMost(0) },
      { id: 'leases.known', what: 'ACK to the lease being known, p99', unit: 'ms', goal: oursAtMost(1000) },
      { id: 'leases.cpu', what: "the master's CPU for each lease", unit: 'ms', goal: oursAtMost(0.5) },
      { id: 'leases.stock', what: 'leases at 50/s', theirs: 'dnsmasq as it comes', unit: '/s', goal: ratioAtLeast(2) },
    ],
  },
  {
    ...{ name: 'start', file: 'start.bench.ts', minutes: 10 },
    measures: 'the program of the image started, with the code that is kept of it',
    lines: [
      { id: 'start.wall', what: 'start of the program in the image', theirs: 'Node that does nothing', unit: 's', goal: oursAtMost(0.16) },
      { id: 'start.memory', what: 'memory of that start, at most', theirs: 'Node that does nothing', unit: 'MB' },
    ],
  },
  {
    ...{ name: 'inventory', file: 'inventory.bench.ts', minutes: 10 },
    measures: 'this machine inventoried, beside lshw and hwinfo, and beside systeminformation',
    lines: [
      { id: 'inventory.lshw', what: 'capture and record of this machine', theirs: 'lshw, then hwinfo', unit: 's', goal: ratioAtMost(0.5) },
      { id: 'inventory.node', what: 'capture and record of this machine', theirs: 'systeminformation', unit: 's', goal: ratioAtMost(0.15) },
    ],
  },
  {
    ...{ name: 'capture', file: 'capture.bench.ts', minutes: 10 },
    measures: 'a capture of this machine beside the slowest tool that it runs',
    lines: [{ id: 'capture.slowest', what: 'capture', theirs: 'its slowest tool', unit: 'ms', goal: ratioAtMost(1.2) }],
  },
];

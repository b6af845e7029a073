import { type BenchRow, oursAtMost, ratioAtMost } from '../row.ts';

/** The boot pool: a head of many nodes, its page, its images. */
export const POOL_ROWS: readonly BenchRow[] = [
  {
    ...{ name: 'head-nodes', file: 'head-nodes.bench.ts', minutes: 20 },
    measures: "a head's list of nodes and a change in it, of 500 and 10,000 nodes",
    lines: [
      { id: 'head-nodes.list', what: '/api/v1/nodes, for 10,000 rows', theirs: 'twenty lists of 500', unit: 'ms', goal: ratioAtMost(1.2) },
      { id: 'head-nodes.one', what: 'one node of 10,000, ten times', theirs: 'of 500', unit: 'ms', goal: ratioAtMost(1.5) },
      { id: 'head-nodes.change', what: 'one node of 10,000 changed', theirs: 'twenty of 500', unit: 'ms', goal: ratioAtMost(1.2) },
    ],
  },
  {
    ...{ name: 'head-scripts', file: 'head-scripts.bench.ts', minutes: 20 },
    measures: 'boot scripts of a head with 10,000 nodes at 1,000 a second',
    lines: [
      { id: 'head-scripts.known', what: 'scripts of nodes, p99', theirs: 'three letters of node:http', unit: 'ms', goal: oursAtMost(20) },
      {
        id: 'head-scripts.click',
        what: 'scripts while somebody clicks, p99',
        theirs: 'three letters of node:http',
        unit: 'ms',
        goal: oursAtMost(20),
      },
      {
        id: 'head-scripts.unknown',
        what: 'scripts of machines nobody knows, p99',
        theirs: 'three letters of node:http',
        unit: 'ms',
        goal: oursAtMost(20),
      },
      { id: 'head-scripts.failed', what: 'scripts that failed', unit: 'of all', goal: oursAtMost(0) },
    ],
  },
  {
    ...{ name: 'pool-page', file: 'pool-page.bench.ts', minutes: 20 },
    measures: "a search in a head's page of 1,000 nodes in Chromium",
    lines: [
      { id: 'pool-page.search', what: 'a search among 1,000 nodes', theirs: 'among 100', unit: 'ms' },
      { id: 'pool-page.slowest', what: 'the slowest of these searches', theirs: 'among 100', unit: 'ms', goal: oursAtMost(100) },
    ],
  },
  {
    ...{ name: 'pool-image', file: 'pool-image.bench.ts', minutes: 30 },
    measures: 'sizes and steps of the newest images of a head (RECON_IMAGES=)',
    lines: [
      { id: 'pool-image.ramdisk', what: 'step of the ramdisk', theirs: 'the whole build', unit: 's', goal: ratioAtMost(0.05) },
      { id: 'pool-image.failsafe', what: 'size of the failsafe image', unit: 'MB', goal: oursAtMost(30) },
      { id: 'pool-image.root', what: 'root and ramdisk as squashfs', theirs: 'a tarball, zstd 19', unit: 'MB', goal: ratioAtMost(1.25) },
    ],
  },
  {
    ...{ name: 'pool-build', file: 'pool-build.bench.ts', minutes: 120 },
    measures: 'a whole build of a compute image, beside debootstrap and xz (root, RECON_BENCH_BUILD=1)',
    lines: [
      { id: 'pool-build.wall', what: 'a whole build of a compute image', theirs: 'debootstrap and xz', unit: 's', goal: ratioAtMost(0.5) },
      { id: 'pool-build.cpu', what: 'processor of that build', theirs: 'debootstrap and xz', unit: 's', goal: ratioAtMost(0.5) },
      { id: 'pool-build.other', what: 'files that differ when it is built twice', unit: 'files', goal: oursAtMost(0) },
    ],
  },
  {
    ...{ name: 'pool-boot', file: 'pool-boot.bench.ts', minutes: 120 },
    measures: 'a root into RAM, beside a tarball in the ramdisk, in virtual machines (RECON_IMAGES=, RECON_CLASSIC=)',
    lines: [
      {
        id: 'pool-boot.hand-over',
        what: 'processor from init to the hand-over',
        theirs: 'tarball in the ramdisk',
        unit: 's',
        goal: ratioAtMost(0.2),
      },
      { id: 'pool-boot.memory', what: 'least RAM', theirs: 'tarball in the ramdisk', unit: 'MiB', goal: ratioAtMost(0.5) },
    ],
  },
];

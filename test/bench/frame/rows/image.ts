import { type BenchRow, oursAtMost, ratioAtMost } from '../row.ts';

/** Builds of the stick's image, and machines that boot it. */
export const IMAGE_ROWS: readonly BenchRow[] = [
  {
    ...{ name: 'image-edit', file: 'image-edit.bench.ts', minutes: 120 },
    measures: "the stick's image after an edit of the program, beside a clean build (root, RECON_BENCH_BUILD=1)",
    lines: [
      { id: 'image-edit.edit', what: 'edit of the program to ISO', theirs: 'a clean build', unit: 's', goal: oursAtMost(15) },
      { id: 'image-edit.nothing', what: 'a build when nothing has changed', theirs: 'a clean build', unit: 's', goal: oursAtMost(3) },
    ],
  },
  {
    ...{ name: 'peer-floor', file: 'peer-floor.bench.ts', minutes: 180 },
    measures: 'the least RAM of a peer, in virtual machines (root, RECON_ISO=)',
    lines: [
      { id: 'peer-floor.bios', what: 'least RAM of a peer, BIOS', unit: 'MiB', goal: oursAtMost(384) },
      { id: 'peer-floor.uefi', what: 'least RAM of a peer, UEFI', unit: 'MiB', goal: oursAtMost(384) },
    ],
  },
  {
    ...{ name: 'peer-time', file: 'peer-time.bench.ts', minutes: 180 },
    measures: 'DISCOVER to receipt in virtual machines, of two images in turn (root, RECON_ISO=, RECON_OTHER_ISO=)',
    lines: [{ id: 'peer-time.total', what: 'DISCOVER to receipt', theirs: 'the other image', unit: 's', goal: ratioAtMost(0.6) }],
  },
];

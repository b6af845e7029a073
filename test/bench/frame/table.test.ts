import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measured, medianOf, unmeasured } from './result.ts';
import { type BenchLine, oursAtMost, ratioAtLeast, ratioAtMost } from './row.ts';
import { markdownTable, textTable } from './table.ts';

const LINE: BenchLine = { id: 'serve.mb', what: 'image to 8 readers', theirs: 'nginx', unit: 'MB/s', goal: ratioAtLeast(0.95) };

test('a line is the medians, and the median of the ratios of each round', () => {
  // the second round was slow for both: it moves neither median nor verdict
  const result = measured('serve', LINE, { ours: [100, 20, 110], theirs: [200, 25, 100] });
  assert.deepEqual(result.ours, { median: 100, least: 20, most: 110 });
  assert.deepEqual(result.theirs, { median: 100, least: 25, most: 200 });
  assert.deepEqual(result.ratio, { median: 0.8, least: 0.5, most: 1.1 });
  assert.equal(result.met, false);
  assert.deepEqual(result.samples, { ours: [100, 20, 110], theirs: [200, 25, 100] });
  assert.equal(measured('serve', LINE, { ours: [2, 4], theirs: [6] }).ratio?.median, 0.5, 'other numbers of rounds: of the medians');
});

test('the median of an even number is between the two in the middle', () => {
  assert.equal(medianOf([4, 1, 3, 2]), 2.5);
  assert.equal(medianOf([3, 1, 2]), 2);
  assert.ok(Number.isNaN(medianOf([])));
});

for (const [name, goal, samples, met] of [
  ['at most, of ours, met exactly', oursAtMost(10), { ours: [10], theirs: [1] }, true],
  ['at most, of ours, missed', oursAtMost(10), { ours: [10.1], theirs: [100] }, false],
  ['at most, of the ratio, met', ratioAtMost(1.5), { ours: [3], theirs: [2] }, true],
  ['at least, of the ratio, missed', ratioAtLeast(3), { ours: [2.9], theirs: [1] }, false],
  ['of the ratio, with nothing beside it', ratioAtMost(1.5), { ours: [3] }, undefined],
  ['none', undefined, { ours: [3], theirs: [1] }, undefined],
] as const)
  test(`a goal: ${name}`, () => {
    const { goal: _goal, ...line } = LINE;
    assert.equal(measured('serve', { ...line, ...(goal && { goal }) }, samples).met, met);
  });

test('the table', () => {
  const results = [
    measured('serve', LINE, { ours: [571, 296, 635], theirs: [435, 434, 962] }),
    measured('leases', { id: 'leases.lost', what: 'lost leases', unit: 'of all', goal: oursAtMost(0) }, { ours: [0] }),
    unmeasured('seal', { id: 'seal.cpu', what: 'seal', unit: 'ms', goal: oursAtMost(7) }, 'not-run', 'there is no nginx: see | above'),
    unmeasured('seal', { id: 'seal.wall', what: 'seal, wall', unit: 'ms' }, 'failed', 'Error: full'),
  ];
  assert.equal(
    textTable('HEAD', results),
    `HEAD

what                ours      theirs            ratio                   goal        met
image to 8 readers  571 MB/s  435 MB/s (nginx)  0.682 x (0.66 to 1.31)  ≥ 0.95 x    not met
lost leases         0 of all                                            ≤ 0 of all  met
seal                not run: there is no nginx: see | above
seal, wall          FAILED: Error: full
`,
  );
  assert.equal(
    markdownTable(results.map((one) => ({ ...one, day: '2026-11-30' }))),
    `| row | what | ours | theirs | ratio | goal | met | day |
| --- | --- | --- | --- | --- | --- | --- | --- |
| \`serve\` | image to 8 readers | 571 MB/s | 435 MB/s (nginx) | 0.682 x (0.66 to 1.31) | ≥ 0.95 x | not met | 2026-11-30 |
| \`leases\` | lost leases | 0 of all |  |  | ≤ 0 of all | met | 2026-11-30 |
| \`seal\` | seal | not run: there is no nginx: see \\| above |  |  | ≤ 7 ms |  | 2026-11-30 |
| \`seal\` | seal, wall | FAILED: Error: full |  |  |  |  | 2026-11-30 |
`,
  );
});

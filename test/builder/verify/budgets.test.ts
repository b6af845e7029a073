import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetFaults, largestParts } from '../../../src/builder/verify/budgets.ts';

const MB = 1_000_000;
const SIZES = { kernel: 12 * MB, initrd: 30 * MB, drivers: 15 * MB, rootImage: 80 * MB, isoWithoutData: 150 * MB };
const BUDGETS = { kernel: 13, initrd: 30, drivers: 18, rootImage: 78, isoWithoutData: 200 };

test('a part that is too large is named with its ten largest, and one that fits is not', async () => {
  const files = [
    { path: 'usr/lib/recon/node', sizeBytes: 108 * MB },
    ...Array.from({ length: 12 }, (_, at) => ({ path: `usr/share/${at}/x/y/table`, sizeBytes: 1000 + at })),
    ...['a', 'b'].map((name) => ({ path: `usr/lib/modules/6.12/kernel/${name}.ko`, sizeBytes: 700_000 })),
  ];
  const faults = await budgetFaults(SIZES, BUDGETS, async (part) => (part === 'rootImage' ? files : []));
  assert.equal(faults.length, 1);
  const [heading, ...lines] = (faults[0] ?? '').split('\n');
  assert.equal(heading, 'the root image has 80.0 MB, and may have 78 (budgetsMb in recipe.json); the largest in it, unpacked:');
  assert.deepEqual(lines.slice(0, 2), ['      108.0 MB usr/lib/recon/node', '      1.4 MB usr/lib/modules/…']);
  assert.equal(lines.length, 10);
});

test('the kernel has no parts to tell, and without budgets nothing is too large', async () => {
  const large = { ...SIZES, kernel: 20 * MB };
  assert.deepEqual(await budgetFaults(large, { ...BUDGETS, rootImage: 90 }, async () => []), [
    'the kernel has 20.0 MB, and may have 13 (budgetsMb in recipe.json)',
  ]);
  assert.deepEqual(await budgetFaults(large, undefined, async () => []), []);
});

test('small files count by the folder that they lie in', () => {
  assert.deepEqual(
    largestParts([
      { path: 'bin/sh', sizeBytes: 5 },
      { path: 'bin/ls', sizeBytes: 7 },
    ]),
    [{ path: 'bin/…', sizeBytes: 12 }],
  );
});

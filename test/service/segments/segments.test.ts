import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';

const QUIET: SegmentState = { state: 'quiet' };
const REFUSED: SegmentState = {
  state: 'refused',
  reasons: [
    { code: 'default-route', sentence: 'A route leads here.', hint: 'remove it' },
    { code: 'probe-failed', sentence: 'Nobody looked.', hint: 'wait' },
  ],
};

/** `events`: how many things must have happened before the next step. */
type Step = readonly [name: string, state: SegmentState, events?: number];

test('quiet: the address first, then the master, once; the end takes the address away', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [
    ['one', { state: 'probing' }],
    ['one', QUIET, 1],
    ['one', QUIET],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result, { told: ['add one 10.77.0.1 (10.77.0.1/16)'], warnings: [], left: '' });
});

test('each interface has a number, which is the same after a restart, whoever is quiet first', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  const first = await keep(t, numbers, [
    ['one', QUIET, 1],
    ['two', QUIET],
  ]);
  if (first === undefined) return;
  assert.deepEqual(first.told, ['add one 10.77.0.1 (10.77.0.1/16)', 'add two 10.78.0.1 (10.78.0.1/16)']);
  assert.deepEqual(JSON.parse(await readFile(numbers, 'utf8')), { one: 0, two: 1 });
  const second = await keep(t, numbers, [
    ['two', QUIET, 1],
    ['one', QUIET],
  ]);
  assert.deepEqual(second?.told, ['add two 10.78.0.1 (10.78.0.1/16)', 'add one 10.77.0.1 (10.77.0.1/16)']);
});

test('not quiet any more: the master stops with the reason while it still has the address, which goes then', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  const result = await keep(t, numbers, [
    ['one', QUIET, 1],
    ['one', REFUSED, 2],
    ['one', REFUSED],
    ['one', QUIET, 3],
    ['one', { state: 'no-link' }],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result, {
    told: [
      'add one 10.77.0.1 (10.77.0.1/16)',
      'stop one (10.77.0.1/16): A route leads here. Nobody looked.',
      'add one 10.77.0.1 (10.77.0.1/16)',
      'stop one (10.77.0.1/16): one has no link: no cable, or the other end is off.',
    ],
    warnings: [],
    left: '',
  });
});

test('refused before quiet was worked off: the latest state counts, nothing is served', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [
    ['one', QUIET],
    ['one', REFUSED],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result, { told: [], warnings: [], left: '' });
});

test('an interface that fails is said, and does not stop the others', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [
    ['absent', QUIET, 1],
    ['one', QUIET],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result.told, ['add one 10.78.0.1 (10.78.0.1/16)']);
  assert.equal(result.warnings.length, 1);
  assert.match(result.warnings[0] ?? '', /^absent: /);
});

test('a file of numbers that is broken does not keep the master from starting', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  for (const text of ['', '{"one":', '[1]', '{"one":"0"}', '{"one":-4}']) {
    await writeFile(numbers, text);
    const result = await keep(t, numbers, [['one', QUIET]]);
    if (result === undefined) return;
    assert.deepEqual(result.told, ['add one 10.77.0.1 (10.77.0.1/16)'], text);
  }
});

test('with IPv6 both addresses are there before the master is told, and gone at the end', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [['one', QUIET]], { ipv6: true });
  if (result === undefined) return;
  assert.deepEqual(result, { told: ['add one 10.77.0.1 and IPv6 (10.77.0.1/16 fd52:4543:4f4e:1::1/64)'], warnings: [], left: '' });
});

test('another subnet', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const steps: Step[] = [
    ['one', QUIET, 1],
    ['two', QUIET],
  ];
  const result = await keep(t, join(directory.path, 'numbers'), steps, { subnet: '192.168.40.0/24' });
  if (result === undefined) return;
  assert.deepEqual(result.told, ['add one 192.168.40.1 (192.168.40.1/24)', 'add two 192.168.41.1 (192.168.41.1/24)']);
});

test('look-only serves nothing, own-dhcp nothing beside a server, proxy-dhcp nothing where none is', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const beside: SegmentState = { state: 'proxy-dhcp', server: '192.168.9.1' };
  const proxy = { mode: 'proxy-dhcp', address: '192.168.9.250/24' };
  const cases: [settings: object, state: SegmentState, told: string[]][] = [
    [{ mode: 'look-only' }, QUIET, []],
    [{ mode: 'look-only' }, beside, []],
    [{}, beside, []],
    [proxy, QUIET, []],
    [{ ...proxy, ipv6: true }, beside, ['add one 192.168.9.250 as a proxy (192.168.9.250/24)']],
  ];
  for (const [settings, state, told] of cases) {
    const result = await keep(t, join(directory.path, 'numbers'), [['one', state]], settings);
    if (result === undefined) return;
    assert.deepEqual(result, { told, warnings: [], left: '' }, JSON.stringify([settings, state]));
  }
});

test('an interface with another name: its subnet goes with it, its address is off until it was looked at again', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  await writeFile(numbers, JSON.stringify({ two: 4 }));
  const result = await keep(t, numbers, [
    ['one', QUIET, 1],
    ['one', { state: 'gone', renamedTo: 'renamed' }],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result.told, ['add one 10.82.0.1 (10.82.0.1/16)', 'stop one (10.82.0.1/16): one is called renamed now.']);
  assert.deepEqual(JSON.parse(await readFile(numbers, 'utf8')), { two: 4, renamed: 5 });
});

/** Runs the keeper in a network namespace that goes away with it; undefined, and the test skipped, without root. */
async function keep(
  t: TestContext,
  numbersFile: string,
  steps: readonly Step[],
  settings: object = { ipv6: false },
): Promise<{ told: string[]; warnings: string[]; left: string } | undefined> {
  if (process.geteuid?.() !== 0) {
    t.skip('a network namespace needs root');
    return undefined;
  }
  const program = join(import.meta.dirname, 'segments-process.ts');
  const result = await run(
    ['unshare', '--net', process.execPath, program, numbersFile, JSON.stringify(steps), JSON.stringify({ ipv6: false, ...settings })],
    { timeoutMs: 30_000 },
  );
  assert.equal(result.exitCode, 0, result.stderr.toString());
  return JSON.parse(result.stdout.toString()) as { told: string[]; warnings: string[]; left: string };
}

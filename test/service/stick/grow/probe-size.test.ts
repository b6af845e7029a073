import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectBlocks } from '../../../../src/platform/machine/direct-blocks.ts';
import { probedPlaces, probeSize } from '../../../../src/service/stick/grow/probe-size.ts';

const GIB = 1024 ** 3;
const RANGE = { startBytes: GIB / 2, freeFromBytes: GIB, endBytes: 32 * GIB };

/** A stick in memory; `keeps` says where a block really goes, undefined: nowhere. */
function stick(keeps: (at: number) => number | undefined): DirectBlocks & { held: Map<number, string> } {
  const held = new Map<number, string>();
  return {
    held,
    read: async (at) => Buffer.from(held.get(keeps(at) ?? -1) ?? '00'.repeat(4096), 'hex'),
    write: async (at, block) => {
      const to = keeps(at);
      if (to !== undefined) held.set(to, Buffer.from(block).toString('hex'));
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const OWN = 'ab'.repeat(4096);

for (const [title, keeps, isReal] of [
  ['a real one', (at: number) => at, true],
  ['8 GiB sold as 32, the upper address lines lead nowhere', (at: number) => at % (8 * GIB), false],
  ['16 GiB sold as 32', (at: number) => at % (16 * GIB), false],
  ['what is beyond 20 GB is kept nowhere', (at: number) => (at < 20e9 ? at : undefined), false],
  ['only the last block is not kept', (at: number) => (at < 32 * GIB - 4096 ? at : undefined), false],
] as const)
  test(`${title}: ${isReal ? 'trusted' : 'found out'}, and everything is as it was afterwards`, async () => {
    const one = stick(keeps);
    for (let at = 0; at < 32 * GIB; at += GIB) await one.write(at, Buffer.from(OWN, 'hex'));
    const before = new Map(one.held);
    const probe = await probeSize(one, RANGE);
    const said = await probe.look();
    if (isReal) assert.equal(said, undefined);
    else assert.match(said ?? '', /^it does not keep what is written at \d+ MB$/);
    await probe.undo();
    for (const [at, content] of one.held) assert.equal(content, before.get(at) ?? '00'.repeat(4096), `at ${at}`);
  });

test('what is lost later is found by a second look', async () => {
  const one = stick((at) => at);
  const probe = await probeSize(one, RANGE);
  assert.equal(await probe.look(), undefined);
  one.held.delete(GIB);
  assert.match((await probe.look()) ?? '', /at 1073 MB/);
});

test('no block lies before the free range or behind its end', () => {
  const places = probedPlaces(RANGE.freeFromBytes + 1, RANGE.endBytes);
  assert.ok(places.length > 8 && places.every((at) => at >= RANGE.freeFromBytes && at + 4096 <= RANGE.endBytes && at % 4096 === 0));
  assert.ok(places.includes(RANGE.endBytes - 4096));
});

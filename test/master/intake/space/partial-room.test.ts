import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { partialRoom, partialSizesIn, sumOf } from '../../../../src/master/intake/space/partial-room.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import type { MachineBound } from '../../../../src/seal/largest-tarball.ts';
import { NO_BOOKING } from './book-fixture.ts';

test('what an earlier run left counts with its size', async () => {
  await using directory = await temporaryDirectory('recon-partial-');
  assert.deepEqual([...(await partialSizesIn(directory.path))], [], 'there is no such directory yet');
  const partial = join(directory.path, 'partial');
  await mkdir(partial);
  await writeFile(join(partial, 'a.json'), 'x'.repeat(300));
  await writeFile(join(partial, 'b.json'), 'x'.repeat(40));
  // as one that goes between the listing and the look at it
  await symlink(join(partial, 'gone'), join(partial, 'c.json'));
  const sizes = await partialSizesIn(directory.path);
  assert.deepEqual(Object.fromEntries(sizes), { 'a.json': 300, 'b.json': 40, 'c.json': 0 });
  assert.equal(sumOf(sizes), 340);
  assert.equal(sumOf(new Map()), 0);
});

test('one is let in as long as there is room for it beside the tarball, counts from then on, and holds no place', async () => {
  const sizes = new Map([['a', 10]]);
  const asked: [string, number, MachineBound][] = [];
  let ended = 0;
  let isFull = false;
  const room = partialRoom(
    {
      enter: async (kind, sizeBytes, bound) => {
        if (isFull) throw new Error('full');
        asked.push([kind, sizeBytes, bound]);
        const end = (): void => {
          ended += 1;
        };
        return { ...NO_BOOKING, end };
      },
    },
    sizes,
  );
  await room.enter('b', 500);
  assert.deepEqual([asked, ended], [[['record', 500, { recordBytes: 0, captureBytes: 500 }]], 1]);
  assert.deepEqual(
    [...sizes],
    [
      ['a', 10],
      ['b', 500],
    ],
  );
  isFull = true;
  await assert.rejects(room.enter('c', 1), { message: 'full' });
  assert.equal(sumOf(sizes), 510);
});

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';
import type { FillResult, FillSettings } from './fixtures/fill-stick.ts';

const isRoot = process.getuid?.() === 0;
const MEDIUM_BYTES = 12 * 1024 ** 2;
const FILL = join(import.meta.dirname, 'fixtures/fill-stick.ts');
/** In a namespace of its own; the mount goes with it. */
const TMPFS = `mount -t tmpfs -o size=${MEDIUM_BYTES} none "$1" && exec "$2" "$3" "$4"`;
const EXT4 = `truncate -s ${MEDIUM_BYTES} "$1.img" && mkfs.ext4 -q "$1.img" && mount -o loop "$1.img" "$1" && exec "$2" "$3" "$4"`;

describe('a stick that is full before or during a visit', { skip: isRoot ? false : 'needs root' }, () => {
  const acknowledged: number[] = [];
  for (let level = 0; level < 10; level += 1)
    it(`${level} of 10 parts are taken before: everything acknowledged is in a whole tarball`, async () => {
      const result = await fill(TMPFS, { level, captures: 'noise' });
      assertSealed(result);
      acknowledged.push(result.acknowledged);
    });

  it('there was room for many on an empty one, and for some on all but the fullest', () => {
    assert.ok((acknowledged[0] ?? 0) > 40, String(acknowledged));
    assert.ok(
      acknowledged.slice(0, 9).every((count) => count > 10),
      String(acknowledged),
    );
  });

  it('captures of many small files, which take several times their size in a tarball', async () => {
    assertSealed(await fill(TMPFS, { level: 6, captures: 'many' }));
  });

  it('on a file system with blocks and a journal', async () => {
    assertSealed(await fill(EXT4, { level: 3, captures: 'noise' }));
  });
});

function assertSealed({ sealFailures, missing, machines, acknowledged, leftOut, refusal }: FillResult): void {
  assert.deepEqual(sealFailures, []);
  assert.deepEqual(missing, []);
  assert.equal(machines, acknowledged);
  assert.match(refusal, /^disk-full: the stick is full: \d+ MiB are free, and all of it is kept for the tarball/);
  // before the last record comes, captures have given it their room
  assert.ok(acknowledged === 0 || leftOut > 0);
}

async function fill(mount: string, settings: Omit<FillSettings, 'directory'>): Promise<FillResult> {
  await using directory = await temporaryDirectory('recon-full-');
  // an image of it lies beside it
  const path = join(directory.path, 'stick');
  await mkdir(path);
  const inside = ['sh', '-c', mount, 'sh', path, process.execPath, FILL, JSON.stringify({ directory: path, ...settings })];
  const output = await runOk(['unshare', '--mount', '--propagation', 'private', ...inside], { timeoutMs: 300_000 });
  return JSON.parse(output);
}

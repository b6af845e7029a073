import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { inOrderOfLog, openPowerLosses } from '../../../src/lab/yank/power-loss.ts';
import { readWriteLog } from '../../../src/lab/yank/write-log.ts';
import type { Yank } from '../../../src/lab/yank/yanks.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { logOf } from './synthetic-log.ts';

const write = (sector: number, letter: string) => ({ sector, data: Buffer.alloc(512, letter) });
const LOG = logOf([write(0, 'a'), write(1, 'b'), { flag: 'flush' }, write(0, 'c'), write(2, 'd'), write(1, 'e')]);

test('each image holds what its model says, and no image knows of another', async () => {
  await using directory = await temporaryDirectory('recon-yank-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('pristine.img'), Buffer.alloc(3 * 512, '-'));
  await writeFile(at('writes.log'), LOG);
  await using log = await openRawImage(at('writes.log'), 'read');
  const requests = await readWriteLog(log);
  const all: Yank[] = [
    { number: 1, model: 'all written', at: 6 },
    { number: 2, model: 'up to the last flush', at: 6 },
    { number: 3, model: 'all written', at: 1 },
    { number: 4, model: 'half of the unflushed', at: 6 },
  ];
  const input = { pristinePath: at('pristine.img'), logPath: at('writes.log'), requests, seed: 'a' };
  await using losses = await openPowerLosses(input, at('growing.img'));
  const found = new Map<number, string>();
  for (const yank of inOrderOfLog(all, requests, 'a')) {
    await losses.makeImage(yank, at('one.img'));
    const image = await readFile(at('one.img'));
    found.set(yank.number, [0, 512, 1024].map((offset) => String.fromCharCode(image[offset] ?? 0)).join(''));
  }
  assert.equal(found.get(1), 'ced');
  assert.equal(found.get(2), 'ab-');
  assert.equal(found.get(3), 'a--');
  assert.match(found.get(4) ?? '', /^[ac][be][-d]$/);
  await assert.rejects(losses.makeImage({ number: 5, model: 'all written', at: 2 }, at('one.img')), /comes too late/);
});

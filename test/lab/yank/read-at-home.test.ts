import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findMissingAtHome } from '../../../src/lab/yank/read-at-home.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { sha256Of } from '../../master/fixture-records.ts';
import { makeFatImage, withVolume } from '../../platform/fat/fat-image.ts';

const receipt = (number: number, content: string, capture?: string) => ({
  ...{ kind: 'receipt' as const, mac: `52:54:00:00:00:0${number}`, revision: 1, recordSha256: sha256Of(content) },
  ...(capture === undefined ? {} : { captureSha256: sha256Of(capture) }),
});

test('what a laptop does not show, or shows otherwise, is missing', async () => {
  await using directory = await temporaryDirectory('recon-yank-');
  const [partition, stick] = [join(directory.path, 'partition.img'), join(directory.path, 'stick.img')];
  await makeFatImage(partition, {
    'records/52-54-00-00-00-01/0001/record.json': 'one',
    'records/52-54-00-00-00-01/0001/capture.jsonl.gz': 'capture',
    'records/52-54-00-00-00-02/0001/record.json': 'two',
    'records/52-54-00-00-00-03/0001/record.json': 'three',
  });
  const look = async (...receipts: ReturnType<typeof receipt>[]): Promise<string[]> => {
    await createSparseFile(stick, 1024 * 1024);
    await runOk(['dd', `if=${partition}`, `of=${stick}`, 'bs=1M', 'seek=1', 'conv=sparse,notrunc', 'status=none'], { timeoutMs: 60_000 });
    return findMissingAtHome(stick, receipts);
  };
  assert.deepEqual(await look(receipt(1, 'one', 'capture'), receipt(2, 'two'), receipt(3, 'three')), []);
  const missing = (number: number): string => `at home 52:54:00:00:00:0${number} revision 1 cannot be read`;
  assert.deepEqual(await look(receipt(1, 'one', 'other'), receipt(2, 'other'), receipt(4, 'four')), [missing(1), missing(2), missing(4)]);
  const places = await withVolume(partition, async (volume) => {
    const records = await volume.directory((await volume.directory()).entries[0]);
    const second = records.entries.find(({ name }) => name.endsWith('02'));
    return second === undefined ? [] : records.placesOf(second);
  });
  {
    await using image = await openRawImage(partition, 'read-write');
    for (const place of places) await image.write(place, Buffer.alloc(32));
  }
  assert.deepEqual(await look(receipt(1, 'one'), receipt(2, 'two'), receipt(3, 'three')), [missing(2), missing(3)]);
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FatEntry } from '../../src/platform/fat/directory-slots.ts';
import type { FatDirectory, FatVolume } from '../../src/platform/fat/fat-volume.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { copySparse } from '../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../src/platform/machine/raw-image.ts';
import { run } from '../../src/platform/process/command.ts';
import { unlinkHalfUploads } from '../../src/records/half-uploads.ts';
import { receiptText } from '../../src/records/revisions.ts';
import { recordFor, sha256Of } from '../master/fixture-records.ts';
import { faultsOf, makeFatImage, pathsIn, withVolume } from '../platform/fat/fat-image.ts';

const TOLD = 'records/52-54-00-00-00-01/0001';
const UNTOLD = 'records/52-54-00-00-00-02/0001';
const HALF = 'records/52-54-00-00-00-03/0001';
const RECORD = JSON.stringify(recordFor('A'));
const CAPTURE = randomBytes(30_000);
const RECEIPT = receiptText({ recordSha256: sha256Of(RECORD), revision: 1, storage: 'stick', masterSequence: 1 });
const TARBALL = 'recon-hall-3-2026-11-20.tar.gz';

const KEPT: Readonly<Record<string, string | Buffer>> = {
  'recon.yaml': 'site: hall-3\n',
  'tools/storcli64': randomBytes(10_000),
  [TARBALL]: randomBytes(50_000),
  [`${TOLD}/record.json`]: RECORD,
  [`${TOLD}/capture.jsonl.gz`]: CAPTURE,
  [`${TOLD}/receipt.json`]: RECEIPT,
  [`${UNTOLD}/record.json`]: RECORD,
  'partial/52-54-00-aa-bb-cc.jsonl': '{}\n',
  'partial/52-54-00-aa-bb-cc.2.jsonl': '{}\n',
  'visits.jsonl': '{}\n',
};
const HALVES: Readonly<Record<string, string | Buffer>> = {
  [`${HALF}/record.json`]: RECORD.slice(0, 100),
  [`${HALF}/capture.jsonl.gz`]: CAPTURE,
  'records/52-54-00-00-00-01/0002/capture.jsonl.gz': randomBytes(20_000),
  [`${TOLD}/.receipt.json`]: RECEIPT,
  'incoming/52-54-00-00-00-01-abc.part': randomBytes(20_000),
  [`.${TARBALL}.part`]: randomBytes(20_000),
  'partial/.52-54-00-aa-bb-cc.jsonl.1234': '{}\n',
};

async function stick(directory: string): Promise<string> {
  const path = join(directory, 'stick.img');
  // the first of two entries is the one that a repair keeps
  await makeFatImage(path, { ...HALVES, ...KEPT });
  return path;
}

async function find(volume: FatVolume, path: string): Promise<{ directory: FatDirectory; entry: FatEntry }> {
  let directory = await volume.directory();
  const names = path.split('/');
  for (const [depth, name] of names.entries()) {
    const entry = directory.entries.find((one) => one.name === name);
    assert.ok(entry !== undefined, `${path} is missing`);
    if (depth === names.length - 1) return { directory, entry };
    directory = await volume.directory(entry);
  }
  throw new Error(path);
}

/** Points one entry at the clusters of another, as a yank leaves them when an entry was moved and its old place not yet freed. */
async function crossLink(image: string, path: string, other: string, sizeBytes?: number): Promise<void> {
  const [place, cluster, size] = await withVolume(image, async (volume) => {
    const { directory, entry } = await find(volume, path);
    const target = (await find(volume, other)).entry;
    return [directory.placesOf(entry).at(-1) ?? 0, target.cluster, sizeBytes ?? target.sizeBytes];
  });
  await using raw = await openRawImage(image, 'read-write');
  const slot = await raw.read(place, 32);
  slot.writeUInt16LE(cluster >>> 16, 20);
  slot.writeUInt16LE(cluster & 0xffff, 26);
  slot.writeUInt32LE(size, 28);
  await raw.write(place, slot);
}

async function repair(image: string): Promise<void> {
  for (let times = 0; times < 3; times += 1) await run(['fsck.vfat', '-a', image], { timeoutMs: 60_000 });
}

async function assertKept(image: string, but: readonly string[] = []): Promise<void> {
  await withVolume(image, async (volume) => {
    for (const [path, content] of Object.entries(KEPT)) {
      if (but.includes(path)) continue;
      const { entry } = await find(volume, path);
      // the difference of two large buffers takes gigabytes to print
      assert.equal(sha256Of((await volume.read(entry, 1e6)) ?? ''), sha256Of(content), path);
    }
  });
}

test('what was acknowledged, and what is whole, stays; what is half goes, and its clusters come back', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = await stick(directory.path);
  const { paths } = await withVolume(image, unlinkHalfUploads);
  assert.deepEqual(paths.sort(), [
    `.${TARBALL}.part`,
    'incoming',
    'partial/.52-54-00-aa-bb-cc.jsonl.1234',
    'records/52-54-00-00-00-01/0001/.receipt.json',
    'records/52-54-00-00-00-01/0002',
    'records/52-54-00-00-00-03',
  ]);
  await repair(image);
  await assertKept(image);
  assert.deepEqual(await faultsOf(image), []);
  const names = await pathsIn(image);
  for (const path of paths) assert.ok(!names.some((name) => name.startsWith(path)), `${path} is still there`);
  assert.deepEqual(await withVolume(image, unlinkHalfUploads), { paths: [], slots: 0 }, 'a second time there is nothing to do');
});

test('half an upload that points at a record takes nothing of it along; a repair alone would', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = await stick(directory.path);
  const [part, half] = ['incoming/52-54-00-00-00-01-abc.part', `${HALF}/capture.jsonl.gz`];
  await crossLink(image, part, `${TOLD}/record.json`);
  await crossLink(image, half, `${TOLD}/capture.jsonl.gz`);
  await crossLink(image, `.${TARBALL}.part`, TARBALL);
  const control = join(directory.path, 'control.img');
  await copySparse(image, control);
  await repair(control);
  await assert.rejects(assertKept(control), 'the control: without us the repair cuts');
  await withVolume(image, unlinkHalfUploads);
  await repair(image);
  await assertKept(image);
  assert.deepEqual(await faultsOf(image), []);
});

test('whatever else claims a cluster of a record goes: an untold record, a file, a directory', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = await stick(directory.path);
  await crossLink(image, `${UNTOLD}/record.json`, `${TOLD}/record.json`);
  await crossLink(image, 'tools/storcli64', `${TOLD}/capture.jsonl.gz`);
  await crossLink(image, 'partial', TARBALL, 0);
  const { paths } = await withVolume(image, unlinkHalfUploads);
  for (const path of ['records/52-54-00-00-00-02', 'tools/storcli64', 'partial']) assert.ok(paths.includes(path), path);
  await repair(image);
  await assertKept(image, [
    `${UNTOLD}/record.json`,
    'tools/storcli64',
    'partial/52-54-00-aa-bb-cc.jsonl',
    'partial/52-54-00-aa-bb-cc.2.jsonl',
  ]);
});

test('slots that hide records behind them are marked as free, so that every reader goes on', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = await stick(directory.path);
  const places = await withVolume(image, async (volume) => {
    const records = await find(volume, 'records/52-54-00-00-00-03');
    const root = await find(volume, 'tools');
    return [...records.directory.placesOf(records.entry), ...root.directory.placesOf(root.entry)];
  });
  {
    await using raw = await openRawImage(image, 'read-write');
    for (const place of places) await raw.write(place, Buffer.alloc(32));
  }
  assert.ok(!(await pathsIn(image)).includes(TARBALL), 'nothing stands behind the first empty slot for mtools');
  await withVolume(image, unlinkHalfUploads);
  await repair(image);
  await assertKept(image, ['tools/storcli64']);
  assert.ok((await pathsIn(image)).includes(`${UNTOLD}/record.json`));
});

test('what a new cluster of records/ held before is no machine, and what it points at stays', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = await stick(directory.path);
  await crossLink(image, 'records/52-54-00-00-00-03', `${TOLD}/capture.jsonl.gz`, 0);
  const { paths } = await withVolume(image, unlinkHalfUploads);
  assert.ok(paths.includes('records/52-54-00-00-00-03'));
  await repair(image);
  await assertKept(image);
});

test('old bytes of a new cluster of records/ that systems pass over are gone before a repair names them', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = await stick(directory.path);
  const places = await withVolume(image, async (volume) => {
    const { directory: records, entry } = await find(volume, 'records/52-54-00-00-00-03');
    return records.placesOf(entry);
  });
  {
    await using raw = await openRawImage(image, 'read-write');
    // a label's bit, a directory's, reserved ones: whoever mounts it sees nothing, fsck.vfat a file of 3.6 GB
    for (const [index, place] of places.entries()) {
      const slot = Buffer.from('042b2b2b2b462b3535052b4a2b2b2b2b2b2b2b2b6c942b2b2b2b58f19a2cdb2b', 'hex');
      slot.writeUInt8([0x4a, 0x5c, 0x09][index % 3] ?? 0, 11);
      await raw.write(place, slot);
    }
  }
  const look = async (): Promise<string> => (await run(['fsck.vfat', '-n', image], { timeoutMs: 60_000 })).stdout.toString('utf8');
  assert.match(await look(), /^\/records\//im, 'a repair would begin with records');
  await withVolume(image, unlinkHalfUploads);
  assert.doesNotMatch(await look(), /^\/records\//im);
  await repair(image);
  await assertKept(image);
});

test('a receipt that the medium has damaged is still one', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = join(directory.path, 'stick.img');
  const files = { [`${TOLD}/record.json`]: 'damaged', [`${TOLD}/receipt.json`]: RECEIPT.slice(0, 40) };
  await makeFatImage(image, { ...files, [`${UNTOLD}/record.json`]: 'damaged', [`${UNTOLD}/receipt.json`]: '' });
  const { paths } = await withVolume(image, unlinkHalfUploads);
  assert.deepEqual(paths, ['records/52-54-00-00-00-02']);
});

test('a stick without anything acknowledged loses records/ with all in it, and works', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = join(directory.path, 'stick.img');
  await makeFatImage(image, { 'recon.yaml': 'x', [`${HALF}/record.json`]: '{' });
  await withVolume(image, unlinkHalfUploads);
  await repair(image);
  assert.deepEqual(await pathsIn(image), ['recon.yaml'].concat((await pathsIn(image)).filter((name) => /^FSCK/.test(name))).sort());
  assert.deepEqual(await faultsOf(image), []);
});

test('half a file of ciphertext goes, whoever it may be of; a whole one stays', async () => {
  await using directory = await temporaryDirectory('recon-half-');
  const image = join(directory.path, 'stick.img');
  const [whole, half] = ['encrypted/2026-11-20/000001.age', 'encrypted/2026-11-20/000002.age'];
  await makeFatImage(image, { [whole]: randomBytes(30_000), [half]: randomBytes(9000) });
  await crossLink(image, half, half, 50_000);
  assert.deepEqual((await withVolume(image, unlinkHalfUploads)).paths, [half]);
  await repair(image);
  assert.deepEqual(await faultsOf(image), []);
  assert.ok((await pathsIn(image)).includes(whole));
});

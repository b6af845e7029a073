import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FatImage, type FatVolume, openFatVolume } from '../../../src/platform/fat/fat-volume.ts';

/** A cluster is one sector of 512 bytes here, so that a few of them make a file system. */
const CLUSTER_BYTES = 512;
const END = 0x0fffffff;
const ROOT = 2;

interface Parts {
  /** cluster → the one that follows it */
  next: Readonly<Record<number, number>>;
  /** cluster → what it holds */
  content?: Readonly<Record<number, string | Buffer>>;
  /** sectors of the table, of 128 clusters each; it is as long as the clusters need, with none to spare */
  tableSectors?: number;
}

/** A file system in memory, which counts the bytes that are read of it. */
function image({ next, content = {}, tableSectors = 1 }: Parts): FatImage & { bytes: Buffer; readBytes: number } {
  const clusters = tableSectors * 128 - ROOT;
  const sectors = 1 + tableSectors + clusters;
  const bytes = Buffer.alloc(sectors * CLUSTER_BYTES);
  bytes.writeUInt16LE(CLUSTER_BYTES, 11);
  bytes.writeUInt8(1, 13);
  bytes.writeUInt16LE(1, 14);
  bytes.writeUInt8(1, 16);
  bytes.writeUInt32LE(sectors, 32);
  bytes.writeUInt32LE(tableSectors, 36);
  bytes.writeUInt32LE(ROOT, 44);
  bytes.writeUInt16BE(0x55aa, 510);
  for (const [cluster, following] of Object.entries(next)) bytes.writeUInt32LE(following, CLUSTER_BYTES + Number(cluster) * 4);
  for (const [cluster, held] of Object.entries(content))
    Buffer.from(held as string).copy(bytes, (1 + tableSectors + Number(cluster) - ROOT) * CLUSTER_BYTES);
  const made = {
    bytes,
    readBytes: 0,
    read: async (offsetBytes: number, sizeBytes: number) => {
      made.readBytes += sizeBytes;
      return made.bytes.subarray(offsetBytes, offsetBytes + sizeBytes);
    },
    write: async () => assert.fail('nothing is written here'),
  };
  return made;
}

async function open(parts: Parts): Promise<FatVolume> {
  const volume = await openFatVolume(image(parts));
  assert.ok(volume !== undefined);
  return volume;
}

/** A slot of a directory (FAT specification 1.03, section 6). */
function slot(name: string, cluster: number, attributes = 0x20): Buffer {
  const made = Buffer.alloc(32);
  made.write(name.padEnd(11), 0, 'latin1');
  made.writeUInt8(attributes, 11);
  made.writeUInt16LE(cluster, 26);
  return made;
}
const entry = (cluster: number, sizeBytes: number, isDirectory = false) => ({
  name: 'a',
  isDirectory,
  cluster,
  sizeBytes,
  isSound: true,
  slots: [0],
});

test('a file in pieces all over the file system is read in the order of its chain', async () => {
  const order = [5, 9, 6, 10, 13, 12];
  const next = Object.fromEntries(order.map((cluster, index) => [cluster, order[index + 1] ?? END]));
  const content = Object.fromEntries(order.map((cluster) => [cluster, String(cluster).padEnd(CLUSTER_BYTES)]));
  const volume = await open({ next, content });
  const read = await volume.read(entry(5, 6 * CLUSTER_BYTES), 1_000_000);
  assert.deepEqual(String(read).trim().split(/ +/), ['5', '9', '6', '10', '13', '12']);
});

test('a chain ends where it leads nowhere: at a free cluster, behind the last one, and where it comes round', async () => {
  const volume = await open({ next: { 3: 4, 4: 5, 6: 7, 7: 128, 8: 9, 9: 8, 10: 1 } });
  const chain = (cluster: number): number[] => volume.clustersOf({ cluster });
  assert.deepEqual(chain(3), [3, 4], 'cluster 5 is free, and holds nothing of anybody');
  assert.deepEqual(chain(6), [6, 7], 'there is no cluster 128');
  assert.deepEqual(chain(8), [8, 9]);
  assert.deepEqual(chain(10), [10]);
  assert.deepEqual([0, 1, 127, 128, 5].map(chain), [[], [], [], [], []]);
});

test('the last cluster that the table has a place for belongs to the file system', async () => {
  const volume = await open({ next: { 3: 127, 127: END } });
  assert.deepEqual(volume.clustersOf({ cluster: 3 }), [3, 127]);
});

test('a file is read whole or not at all, and no more of its chain than its size wants', async () => {
  const made = image({ next: { 3: 4, 4: 5, 5: END }, content: { 3: 'x'.repeat(1024) } });
  const volume = await openFatVolume(made);
  made.readBytes = 0;
  assert.equal((await volume?.read(entry(3, 600), 600))?.length, 600, 'it is just as large as it may be');
  assert.equal(made.readBytes, 2 * CLUSTER_BYTES);
  assert.equal(await volume?.read(entry(3, 600), 599), undefined);
  assert.equal((await volume?.read(entry(3, 1536), 10_000))?.length, 1536);
  assert.equal(await volume?.read(entry(3, 1537), 10_000), undefined, 'a byte of it is in no cluster');
});

test('whole is a file with as many clusters as its size wants, and a directory with any', async () => {
  const volume = await open({ next: { 3: 4, 4: END, 6: END } });
  const files = [entry(3, 513), entry(3, 1024), entry(3, 512), entry(3, 1025), entry(0, 0), entry(0, 1)];
  assert.deepEqual(
    files.map((file) => volume.isWhole(file)),
    [true, true, false, false, true, false],
  );
  const directories = [entry(3, 0, true), entry(6, 0, true), entry(0, 0, true), entry(5, 0, true)];
  assert.deepEqual(
    directories.map((one) => volume.isWhole(one)),
    [true, true, false, false],
  );
});

test('what stands behind a slot that was never used is hidden', async () => {
  const content = Buffer.concat([slot('A', 3), Buffer.alloc(32), slot('B', 4)]);
  const directory = await (await open({ next: { 2: END }, content: { 2: content } })).directory();
  assert.deepEqual(
    directory.entries.map((one) => [one.name, directory.isHidden(one)]),
    [
      ['A', false],
      ['B', true],
    ],
  );
  assert.deepEqual(directory.holes, [2 * CLUSTER_BYTES + 32]);
});

test('only what begins with a dot, in its first slot, starts with one', async () => {
  const begins = async (...slots: readonly Buffer[]) =>
    (await (await open({ next: { 2: END }, content: { 2: Buffer.concat(slots) } })).directory()).startsWithDot;
  assert.equal(await begins(slot('.', 2, 0x10), slot('..', 0, 0x10)), true);
  assert.equal(await begins(slot('A', 3), slot('.', 2, 0x10)), false);
  assert.equal(await begins(Buffer.alloc(32), slot('.', 2, 0x10)), false);
  assert.equal(await begins(), false);
});

test('of a directory no more is read than one can have: 65,536 slots', async () => {
  const tableSectors = 40;
  const clusters = Array.from({ length: 4100 }, (_none, index) => index + ROOT);
  const next = Object.fromEntries(clusters.map((cluster) => [cluster, cluster + 1]));
  const directory = await (await open({ next, tableSectors })).directory();
  assert.equal(directory.clusters.length, (65_536 * 32) / CLUSTER_BYTES);
});

test('an image that ends in its table is no file system', async () => {
  const made = image({ next: { 2: END } });
  made.bytes = made.bytes.subarray(0, 2 * CLUSTER_BYTES - 1);
  assert.equal(await openFatVolume(made), undefined);
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fatLines } from '../../../src/platform/fat/copy-fat.ts';
import { openFatVolume } from '../../../src/platform/fat/fat-volume.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashRange, resizeFile } from '../../../src/platform/machine/disk-image-file.ts';
import { parsePartitionTable } from '../../../src/platform/machine/partition-table.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';
import { type Growth, growData } from '../../../src/service/stick/grow/grow-data.ts';
import { DATA, LIMIT, MIB, makeImage } from '../../lab/stick/small-stick.ts';
import { addFiles } from '../../platform/fat/fat-image.ts';

const isRoot = process.getuid?.() === 0;
const SIZE = 300 * MIB;
const PART_UUID = '00000000-03';
const LOG = { info: () => {}, warn: () => {}, debug: () => {} };
const FILES = { 'recon.yaml': 'site: hall-3\r\n', 'README.txt': 'This is RECONDATA', 'tools/storcli64': Buffer.alloc(70_000, 7) };

interface LoopStick extends AsyncDisposable {
  path: string;
  disk: string;
  device: string;
}

/** A stick of 900 MiB with our three partitions as a loop device. */
async function plugIn(directory: string, files: Record<string, string | Buffer>, ...options: string[]): Promise<LoopStick> {
  const path = await makeImage(directory);
  await addFiles(`${path}@@${DATA.startBytes}`, files);
  await resizeFile(path, SIZE);
  const disk = await runOk(['losetup', '--find', '--show', ...options, path], LIMIT);
  // by hand: not every kernel reads the tables of loop devices
  await runOk(['addpart', disk, '3', String(DATA.startBytes / 512), String(DATA.sizeBytes / 512)], LIMIT);
  return {
    ...{ path, disk: disk.replace('/dev/', ''), device: `${disk}p3` },
    [Symbol.asyncDispose]: async () => {
      await runOk(['delpart', disk, '3'], LIMIT);
      await runOk(['losetup', '--detach', disk], LIMIT);
    },
  };
}

/** What of the stick must never be written: all but the entry of the table and what is behind RECONDATA. */
async function untouched({ path }: LoopStick): Promise<string[]> {
  const end = DATA.startBytes + DATA.sizeBytes;
  return [
    await hashRange(path, 0, 446 + 32),
    await hashRange(path, 446 + 48, DATA.startBytes),
    await hashRange(path, DATA.startBytes, end),
  ];
}

async function lines(path: string, startBytes: number): Promise<string[] | undefined> {
  await using image = await openRawImage(path, 'read');
  const volume = await openFatVolume(image, startBytes);
  return volume === undefined ? undefined : await fatLines(volume);
}

const grow = ({ disk, device }: LoopStick): Promise<Growth> => growData({ disk, device, partUuid: PART_UUID, log: LOG });

describe('RECONDATA of a new stick', { skip: isRoot ? false : 'needs root' }, () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  before(async () => {
    directory = await temporaryDirectory('recon-grow-');
  });
  after(() => directory[Symbol.asyncDispose]());

  it('gets all of it, with every file as it was; what it was before stays where it was', async () => {
    await using stick = await plugIn(directory.path, FILES);
    const [was, old] = [await untouched(stick), await lines(stick.path, DATA.startBytes)];
    const growth = await grow(stick);
    assert.equal(growth.outcome, 'grown', JSON.stringify(growth));
    assert.match(growth.said ?? '', /^RECONDATA has all of the stick now: 273 MB instead of 37.7 MB$/);
    await runOk(['sync', stick.path], LIMIT);
    assert.deepEqual(await untouched(stick), was);
    const table = parsePartitionTable(await readFile(stick.path).then((bytes) => bytes.subarray(0, 512)));
    const [, data] = table;
    assert.deepEqual(data, { number: 3, type: 0x0c, startBytes: 40 * MIB, sizeBytes: SIZE - 40 * MIB });
    assert.deepEqual(await lines(stick.path, 40 * MIB), old);
    // the kernel has the new one under the same name, without a look at the table
    assert.equal(await runOk(['blockdev', '--getsize64', stick.device], LIMIT), String(SIZE - 40 * MIB));
    assert.match(await runOk(['blkid', '-p', stick.device], LIMIT), /LABEL="RECONDATA"/);
    assert.equal((await run(['fsck.vfat', '-n', stick.device], LIMIT)).status, 'ok');
    const uuid = growth.outcome === 'grown' ? growth.volumeUuid : '';
    assert.match(await runOk(['blkid', '-p', '-o', 'value', '-s', 'UUID', stick.device], LIMIT), new RegExp(`^${uuid}$`));
    // once: now it is as large as the stick
    assert.deepEqual(await grow(stick), { outcome: 'left' });
  });

  it('stays as it is while somebody holds it open, although the copy is whole already: pulled before the last write, the stick is the old one', async () => {
    await using stick = await plugIn(directory.path, FILES);
    const sector = await hashRange(stick.path, 0, 512);
    const was = await untouched(stick);
    await using held = await openRawImage(stick.device, 'read');
    await held.read(0, 512);
    const growth = await grow(stick);
    assert.match(growth.outcome === 'left' ? (growth.said ?? '') : 'grown', /^RECONDATA is left at its size: delpart/);
    await runOk(['sync', stick.path], LIMIT);
    assert.equal(await hashRange(stick.path, 0, 512), sector);
    assert.deepEqual(await untouched(stick), was);
    assert.deepEqual(await lines(stick.path, 40 * MIB), await lines(stick.path, DATA.startBytes), 'and the new one is there');
  });

  it('stays as it is, and not a byte is written, when recon.yaml says so', async () => {
    await using stick = await plugIn(directory.path, { 'recon.yaml': 'grow: false\n' });
    const whole = await hashRange(stick.path, 0, SIZE);
    assert.deepEqual(await grow(stick), { outcome: 'left', said: 'RECONDATA is left at its size: recon.yaml says so' });
    assert.equal(await hashRange(stick.path, 0, SIZE), whole);
  });

  it('stays as it is on a stick with blocks of 4096 bytes, whose table counts in 512', async () => {
    await using stick = await plugIn(directory.path, {});
    await runOk(['losetup', '--sector-size', '4096', `/dev/${stick.disk}`], LIMIT);
    const growth = await grow(stick);
    assert.match(growth.outcome === 'left' ? (growth.said ?? '') : 'grown', /its blocks have 4096 bytes/);
  });
});

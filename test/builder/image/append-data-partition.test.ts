import assert from 'node:assert/strict';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { appendDataPartition, partitionUuid, SIGNATURE_OFFSET, volumeUuid } from '../../../src/builder/image/data-partition.ts';
import { DATA_LABEL } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readImageHead } from '../../../src/platform/machine/disk-image-file.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

const SIGNATURE = 0x0ac0de01;
const VOLUME_DATE = '2026112021400125';
const SECTOR_BYTES = 512;

/** As KIWI leaves the root image. */
const ROOT_ONLY = (from: string): string[] => ['-map', from, '/LiveOS/squashfs.img', '-chmod', '0600', '/LiveOS/squashfs.img', '--'];

test('the same inputs a while later give the same bytes, wherever the clock stands', async (t) => {
  if (!(await have(t, ['xorriso', 'mkfs.vfat', 'mcopy']))) return;
  await using directory = await temporaryDirectory('recon-append-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('old.cfg'), 'the menu of KIWI');
  await command('xorriso', '-outdev', at('kiwi.iso'), '-map', at('old.cfg'), '/boot/grub/grub.cfg', ...ROOT_ONLY(at('old.cfg')), '-commit');
  const before = { ...process.env };
  try {
    for (const [name, written, epoch, zone] of [
      ['one.iso', 1_795_000_000, undefined, 'UTC'],
      ['two.iso', 1_795_100_000, '1795200001', 'Asia/Tokyo'],
    ] as const) {
      process.env['TZ'] = zone;
      if (epoch !== undefined) process.env['SOURCE_DATE_EPOCH'] = epoch;
      for (const file of ['new.cfg', 'recon.yaml']) {
        await writeFile(at(file), 'the same');
        await utimes(at(file), written, written);
      }
      await appendDataPartition({
        isoPath: at('kiwi.iso'),
        outputPath: at(name),
        workDirectory: directory.path,
        sizeBytes: 64 * 1024 * 1024,
        signature: SIGNATURE,
        volumeDate: VOLUME_DATE,
        files: new Map([['boot/grub/grub.cfg', at('new.cfg')]]),
        dataFiles: new Map([['recon.yaml', at('recon.yaml')]]),
      });
    }
    assert.equal((await run(['cmp', at('one.iso'), at('two.iso')], { timeoutMs: 60_000 })).stdout.toString(), '');
  } finally {
    for (const name of ['TZ', 'SOURCE_DATE_EPOCH']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});

test('a small ISO gets its data partition, signature, identity and files', async (t) => {
  if (!(await have(t, ['xorriso', 'mkfs.vfat', 'blkid', 'mcopy']))) return;
  await using directory = await temporaryDirectory('recon-append-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('old.cfg'), 'the menu of KIWI');
  await writeFile(at('new.cfg'), 'our menu');
  await writeFile(at('manifest.json'), '{"our":"manifest"}');
  await command(
    'xorriso',
    '-outdev',
    at('kiwi.iso'),
    '-volid',
    'RECON',
    '-map',
    at('old.cfg'),
    '/boot/grub/grub.cfg',
    ...ROOT_ONLY(at('old.cfg')),
    '-commit',
  );

  await appendDataPartition({
    isoPath: at('kiwi.iso'),
    outputPath: at('final.iso'),
    workDirectory: directory.path,
    sizeBytes: 64 * 1024 * 1024,
    signature: SIGNATURE,
    volumeDate: VOLUME_DATE,
    files: new Map([
      ['boot/grub/grub.cfg', at('new.cfg')],
      ['recon/manifest.json', at('manifest.json')],
    ]),
    dataFiles: new Map([['recon.yaml', at('new.cfg')]]),
  });

  const head = await readImageHead(at('final.iso'), SECTOR_BYTES);
  assert.equal(head.readUInt32LE(SIGNATURE_OFFSET), SIGNATURE);
  // the third entry of the partition table in the MBR: type, first sector, number of sectors
  const entry = head.subarray(446 + 2 * 16, 446 + 3 * 16);
  assert.equal(entry[4], 0x0c);
  const [start, size] = [entry.readUInt32LE(8) * SECTOR_BYTES, entry.readUInt32LE(12) * SECTOR_BYTES];
  assert.equal(size, 64 * 1024 * 1024);
  assert.ok((await stat(at('final.iso'))).size >= start + size, 'the image ends inside the partition');

  const fat = await command('blkid', '-p', '-O', String(start), '-S', String(size), '-o', 'export', at('final.iso'));
  assert.match(fat, new RegExp(`^LABEL=${DATA_LABEL}$`, 'm'));
  assert.match(fat, /^VERSION=FAT32$/m);
  assert.match(fat, /^UUID=0AC0-DE01$/m);
  // the kernel makes the PARTUUID that the boot menu names from the identifier of the table
  const table = await command('blkid', '-p', '-o', 'value', '-s', 'PTUUID', at('final.iso'));
  assert.equal(`${table.trim()}-03`, partitionUuid(SIGNATURE, 3));

  const iso = await command('blkid', '-p', '-u', 'filesystem', '-o', 'value', '-s', 'UUID', at('final.iso'));
  assert.equal(iso.trim(), volumeUuid(VOLUME_DATE));
  for (const [path, content] of [
    ['boot/grub/grub.cfg', 'our menu'],
    ['recon/manifest.json', '{"our":"manifest"}'],
  ] as const) {
    const copy = at(`copy-of-${path.replaceAll('/', '-')}`);
    await command('xorriso', '-osirrox', 'on', '-indev', at('final.iso'), '-extract', `/${path}`, copy);
    assert.equal(await readFile(copy, 'utf8'), content);
  }
  // the master that sends them is not root
  const listed = await command('xorriso', '-indev', at('final.iso'), '-find', '/', '-name', 'squashfs.img', '-exec', 'lsdl');
  assert.match(listed, /^-rw-r--r--/m);
  await command('mcopy', '-n', '-i', `${at('final.iso')}@@${start}`, '::/recon.yaml', at('copy-of-settings'));
  assert.equal(await readFile(at('copy-of-settings'), 'utf8'), 'our menu');
});

test('an ISO in which no file is replaced is written all the same', async (t) => {
  if (!(await have(t, ['xorriso', 'mkfs.vfat']))) return;
  await using directory = await temporaryDirectory('recon-append-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('file'), 'content');
  await command('xorriso', '-outdev', at('kiwi.iso'), '-volid', 'RECON', '-map', at('file'), '/file', '-commit');
  await appendDataPartition({
    isoPath: at('kiwi.iso'),
    outputPath: at('final.iso'),
    workDirectory: directory.path,
    sizeBytes: 64 * 1024 * 1024,
    signature: SIGNATURE,
    volumeDate: VOLUME_DATE,
    files: new Map(),
    dataFiles: new Map(),
  });
  assert.equal((await readImageHead(at('final.iso'), SECTOR_BYTES))[446 + 2 * 16 + 4], 0x0c);
});

async function have(t: TestContext, programs: readonly string[]): Promise<boolean> {
  for (const program of programs) {
    if ((await run([program, '--version'], { timeoutMs: 60_000 })).status !== 'absent') continue;
    t.skip(`there is no ${program} on this host`);
    return false;
  }
  return true;
}

async function command(program: string, ...words: string[]): Promise<string> {
  return runOk([program, ...words], { timeoutMs: 60_000 });
}

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import type { Log } from '../../../src/platform/log.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { receiptText } from '../../../src/records/revisions.ts';
import { mendStick, removeSalvaged } from '../../../src/service/stick/mend-stick.ts';
import { recordFor, sha256Of } from '../../master/fixture-records.ts';
import { faultsOf, makeFatImage, pathsIn, withVolume } from '../../platform/fat/fat-image.ts';

const TOLD = 'records/52-54-00-00-00-01/0001';
const RECORD = JSON.stringify(recordFor('A'));
const RECEIPT = receiptText({ recordSha256: sha256Of(RECORD), revision: 1, storage: 'stick', masterSequence: 1 });

function noting(): { log: Log; said: string[] } {
  const said: string[] = [];
  return { said, log: { info: (line) => said.push(line), warn: (line) => said.push(`warning: ${line}`), debug: () => {} } };
}

/** Makes the entry of a file at `path` say that it has so many bytes. */
async function claimSize(image: string, path: readonly string[], sizeBytes: number): Promise<void> {
  const place = await withVolume(image, async (volume) => {
    let directory = await volume.directory();
    for (const name of path.slice(0, -1)) directory = await volume.directory(directory.entries.find((one) => one.name === name));
    const entry = directory.entries.find((one) => one.name === path.at(-1));
    assert.ok(entry !== undefined);
    return directory.placesOf(entry).at(-1) ?? 0;
  });
  await using raw = await openRawImage(image, 'read-write');
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(sizeBytes);
  await raw.write(place + 28, bytes);
}

test('half uploads go, the rest is repaired until nothing is wrong, and names from before are told', async () => {
  await using directory = await temporaryDirectory('recon-mend-');
  const image = join(directory.path, 'stick.img');
  await makeFatImage(image, {
    'incoming/x.part': randomBytes(5000),
    'ledger.jsonl': '{}\n',
    'FSCK0007.REC': 'from another day',
    [`${TOLD}/record.json`]: RECORD,
    [`${TOLD}/receipt.json`]: RECEIPT,
  });
  await claimSize(image, ['ledger.jsonl'], 9000);
  const { log, said } = noting();
  const before = await mendStick(image, log);
  assert.deepEqual(said, [`${image}: what was not whole when the power went was taken out: incoming`]);
  assert.deepEqual(await faultsOf(image), []);
  const names = await pathsIn(image);
  assert.ok(names.includes(`${TOLD}/record.json`) && !names.includes('incoming/'), names.join(' '));
  assert.ok(names.includes('FSCK0000.REC'), 'the repair gives the clusters a name of its own');
  assert.ok(before.has('FSCK0007.REC') && !before.has('FSCK0000.REC'));
});

test('a repair that would change a record is not made, and that is said', async () => {
  await using directory = await temporaryDirectory('recon-mend-');
  const image = join(directory.path, 'stick.img');
  await makeFatImage(image, { 'ledger.jsonl': '{}\n', [`${TOLD}/record.json`]: RECORD, [`${TOLD}/receipt.json`]: RECEIPT });
  await claimSize(image, [...TOLD.split('/'), 'record.json'], RECORD.length + 5000);
  const { log, said } = noting();
  await mendStick(image, log);
  assert.match(said.join('\n'), /^warning: .* is not repaired, because that would change records/);
  assert.match((await faultsOf(image)).join('\n'), /record\.json/);
});

test('what cannot be searched is not repaired, and ends nothing', async () => {
  await using directory = await temporaryDirectory('recon-mend-');
  const { log, said } = noting();
  await mendStick(join(directory.path, 'gone'), log);
  assert.match(said.join('\n'), /^warning: .* was not repaired/);
});

test('what a repair made of half uploads goes, and nothing that was there before', async () => {
  await using directory = await temporaryDirectory('recon-mend-');
  for (const name of ['FSCK0000.REC', 'FSCK0001.REC', 'recon.yaml']) await writeFile(join(directory.path, name), '');
  await mkdir(join(directory.path, 'records'));
  await removeSalvaged(directory.path, new Set(['FSCK0001.REC', 'recon.yaml', 'records']));
  assert.deepEqual((await readdir(directory.path)).sort(), ['FSCK0001.REC', 'recon.yaml', 'records']);
});

test('a stick on which Windows has been, and which was pulled without asking, is clean again with its files', async () => {
  await using directory = await temporaryDirectory('recon-mend-');
  const image = join(directory.path, 'stick.img');
  const windows = {
    'System Volume Information/IndexerVolumeGuid': Buffer.from('{7B0F3A1C}', 'utf16le'),
    'System Volume Information/WPSettings.dat': Buffer.alloc(12, 1),
  };
  await makeFatImage(image, { ...windows, 'recon.yaml': 'site: hall-3\r\n' });
  const tableBytes = await withVolume(image, async () => {
    await using raw = await openRawImage(image, 'read-write');
    const boot = await raw.read(0, 512);
    const table = boot.readUInt16LE(14) * 512;
    // in use, by the note of Windows 9x in the table and by that of Windows NT and Linux in the first sector
    await raw.write(table + 4, Uint8Array.of(0xff, 0xff, 0xff, 0x07));
    await raw.write(65, Uint8Array.of(1));
    return table;
  });
  assert.match((await faultsOf(image)).join('\n'), /[Dd]irty bit/);
  const { log, said } = noting();
  await mendStick(image, log);
  assert.deepEqual(said, []);
  assert.deepEqual(await faultsOf(image), []);
  await using raw = await openRawImage(image, 'read');
  assert.equal((await raw.read(65, 1))[0], 0);
  assert.equal((await raw.read(tableBytes + 7, 1))[0], 0x0f);
  assert.deepEqual(await pathsIn(image), [...Object.keys(windows), 'System Volume Information/', 'recon.yaml'].sort());
});

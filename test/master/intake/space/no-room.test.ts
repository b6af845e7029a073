import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noRoom, noRoomForCapture } from '../../../../src/master/intake/space/no-room.ts';
import { openStore } from '../../../../src/master/intake/store.ts';
import { storageTrouble } from '../../../../src/master/medium/trouble-words.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { silentLog } from '../../../../src/platform/log.ts';
import { chunksOf, recordFor, withoutSync } from '../../fixture-records.ts';

const MAC = '52:54:00:00:00:01';

test('what is short is named: the stick, or the RAM of a master that keeps records there', async () => {
  for (const [storage, isRam, place] of [
    ['stick', undefined, 'the stick'],
    ['stick', true, "the master's RAM"],
    ['ram', undefined, "the master's RAM"],
  ] as const) {
    await using directory = await temporaryDirectory('recon-room-');
    const others = { directory: directory.path, log: silentLog, sequence: () => 0, sync: withoutSync };
    const room = { freeBytes: 0, totalBytes: 1, clusterBytes: 1, ...(isRam === undefined ? {} : { isRam }) };
    // of RAM the store looks itself, and finds room in this test: so much is to be left free that there is none
    const store = await openStore({
      ...others,
      storage,
      ...(storage === 'ram' ? { freeFloorBytes: 2 ** 52 } : { space: async () => room }),
    });
    const upload = { mac: MAC, chunks: chunksOf(JSON.stringify(recordFor('S'))), lengthBytes: 100, sha256: undefined };
    await assert.rejects(store.putRecord({ ...upload, captureSha256: undefined }), {
      code: 'disk-full',
      message: new RegExp(`^${place} is full: \\d+ MiB are free`),
    });
    const { shortage, isRamShort } = store.book;
    assert.equal(shortage, 'records');
    const said = storageTrouble({ medium: undefined, isShort: false, shortage, isRamShort });
    assert.equal(said?.sentence, `${place.replace('t', 'T')} is full: no more records are taken.`);
    assert.equal(/ISO images off the stick/.test(said.hint), place === 'the stick');
    const tarball = storageTrouble({ medium: undefined, isShort: true, shortage, isRamShort });
    assert.match(tarball?.sentence ?? '', place === 'the stick' ? /on the stick/ : /in the master's RAM/);
  }
});

test('whoever is refused, or goes without its capture, is told of the same place, and what makes room there', () => {
  const space = { freeBytes: 0, totalBytes: 1, clusterBytes: 1 };
  assert.match(noRoomForCapture(space).message, /^the stick is nearly full \(0 MiB/);
  assert.match(noRoomForCapture({ ...space, isRam: true }).message, /^the master's RAM is nearly full \(0 MiB/);
  assert.match(noRoom(space).hint ?? '', /tries again\. Copy old tarballs .* off the stick/);
  assert.match(noRoom({ ...space, isRam: true }).hint ?? '', /tries again\. Seal, and keep the tarball/);
});

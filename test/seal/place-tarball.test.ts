import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import type { ClaimedTarball } from '../../src/records/visit-log.ts';
import { freeTarballName, placeTarball, removeEarlier } from '../../src/seal/place-tarball.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { recordFor } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';

const USUAL = 'recon-hall-3-2026-11-20.tar.gz';
const written = (content: string) => ({ sha256: createHash('sha256').update(content).digest('hex'), sizeBytes: content.length });

test('a tarball never takes the name of one that is there', async () => {
  await using directory = await temporaryDirectory('recon-place-');
  assert.equal(await freeTarballName(directory.path, USUAL), USUAL);
  await writeFile(join(directory.path, USUAL), '');
  assert.equal(await freeTarballName(directory.path, USUAL), 'recon-hall-3-2026-11-20-2.tar.gz');
  assert.equal(await freeTarballName(directory.path, `${USUAL}.age`), `${USUAL}.age`);
  assert.equal(await freeTarballName(directory.path, USUAL.replace('hall', 'HALL')), 'recon-HALL-3-2026-11-20-2.tar.gz', 'on FAT');
  // what lies on a stick that is away, with encryptRecords
  await symlink(join(directory.path, 'away'), join(directory.path, `${USUAL}.age`));
  assert.equal(await freeTarballName(directory.path, `${USUAL}.age`), 'recon-hall-3-2026-11-20-2.tar.gz.age');
});

test('it has its name only when it was read back from the medium, and the name is on the medium before anybody hears of it', async () => {
  await using directory = await temporaryDirectory('recon-place-');
  const [temporary, path] = [join(directory.path, '.x.part'), join(directory.path, USUAL)];
  const syncs: boolean[] = [];
  const sync = async (): Promise<void> => void syncs.push(await exists(path));
  await writeFile(temporary, 'damaged');
  await assert.rejects(placeTarball({ temporary, path, written: written('content'), sync }), { code: 'verify-failed' });
  assert.equal(await exists(path), false);
  await writeFile(temporary, 'content');
  await placeTarball({ temporary, path, written: written('content'), sync });
  assert.deepEqual(syncs, [false, false, true]);
});

test('only tarballs of the same visit go: others of the same site and day are of other visits', async () => {
  await using directory = await temporaryDirectory('recon-place-');
  const others = [USUAL, 'recon-hall-3-2026-11-20-3.tar.gz', 'recon-hall-3-2026-11-20-final.tar.gz', 'recon.yaml'];
  const [kept, ...earlier] = ['recon-hall-3-2026-11-20-4.tar.gz', 'recon-hall-3-2026-11-20-2.tar.gz', 'recon-hall-3-2026-11-19.tar.gz'];
  assert.ok(kept !== undefined);
  for (const name of [...others, kept, ...earlier]) await writeFile(join(directory.path, name), '');
  let unnamed: string[] = [];
  const sync = async (): Promise<void> => {
    unnamed = (await readdir(directory.path)).filter((name) => name.endsWith('.part'));
  };
  await removeEarlier(directory.path, { name: kept, earlier: [kept, ...earlier, 'recon-gone.tar.gz'], sync });
  assert.deepEqual(unnamed, earlier.map((name) => `.${name}.part`).sort());
  assert.deepEqual(await readdir(directory.path), [...others, kept].sort());
});

test('at each sync of a seal the tarball before or the new one is there whole', async () => {
  await using directory = await temporaryDirectory('recon-place-');
  const tarballs = async (): Promise<string[]> => (await readdir(directory.path)).filter((name) => name.startsWith('recon-'));
  const seen: string[][] = [];
  const input = {
    ...{ directory: directory.path, site: 'hall-3', imageVersion: '1', now: new Date('2026-11-20T10:00:00Z'), revisions: [], missing: [] },
    ...{ ledgerPath: join(directory.path, 'none'), replaces: undefined, sync: async () => void seen.push(await tarballs()) },
  };
  const [first, second] = [USUAL, 'recon-hall-3-2026-11-20-2.tar.gz'];
  assert.equal((await sealTarball(input)).name, first);
  assert.equal((await sealTarball({ ...input, replaces: { name: first } })).name, second);
  assert.equal((await sealTarball({ ...input, replaces: { name: second } })).name, first);
  assert.deepEqual(seen, [[], [first], [first], [second, first], [second], [second], [second, first], [first]]);
});

test('an earlier tarball with a record that is not there any more stays, whichever boot made it; with that machine inventoried anew it goes', async () => {
  await using directory = await temporaryDirectory('recon-place-');
  const [A, B] = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
  const { revisions, ...input } = await inputOf(
    directory.path,
    [A, B].map((mac) => [mac, JSON.stringify(recordFor(mac))]),
  );
  const claimed: ClaimedTarball[] = [];
  const ofVisit = {
    tarballs: () => claimed,
    claim: async (name: string, holds: readonly string[]) => void claimed.push({ name, holds }),
  };
  const tarballs = async (): Promise<string[]> =>
    (await readdir(join(directory.path, 'export'))).filter((name) => name.startsWith('recon-'));
  const first = await sealTarball({ ...input, revisions, ofVisit });
  assert.deepEqual(claimed, [{ name: first.name, holds: ['52-54-00-00-00-01/0001', '52-54-00-00-00-02/0001'] }]);
  const onlyB = revisions.slice(1);
  // of the same boot
  const second = await sealTarball({ ...input, revisions: onlyB, replaces: first });
  assert.deepEqual(await tarballs(), [second.name, first.name].sort());
  // of a later one
  const third = await sealTarball({ ...input, revisions: onlyB, ofVisit, replaces: second });
  assert.deepEqual(await tarballs(), [third.name, first.name].sort());
  const [older] = revisions.map((one) => ({ ...one, revision: 0 }));
  assert.ok(older);
  await sealTarball({ ...input, revisions: [older, ...onlyB], ofVisit });
  assert.ok((await tarballs()).includes(first.name), 'an older record of the machine is not the one that is gone');
  const [newer] = revisions.map((one) => ({ ...one, revision: 2 }));
  assert.ok(newer);
  const last = await sealTarball({ ...input, revisions: [newer, ...onlyB], ofVisit });
  assert.deepEqual(await tarballs(), [last.name]);
});

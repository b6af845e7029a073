import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { CAPTURE_FILE } from '../../src/records/revisions.ts';
import { type SealedTarball, sealTarball, type TarballInput } from '../../src/seal/seal-tarball.ts';
import { captureOf, recordFor } from '../master/fixture-records.ts';
import { inputOf } from './seal-input.ts';
import { tarballFiles } from './tarball-files.ts';

const NAME = 'recon-lab-2026-11-20.tar.gz';
const WITHOUT = 'recon-lab-2026-11-20-without-captures.tar.gz';

/** Two machines, one of them with a raw capture. */
async function twoMachines(root: string): Promise<TarballInput> {
  const input = await inputOf(root, [
    ['52:54:00:00:00:01', JSON.stringify(recordFor('S1'))],
    ['52:54:00:00:00:02', JSON.stringify(recordFor('S2'))],
  ]);
  const [first, ...others] = input.revisions;
  assert.ok(first !== undefined);
  await writeFile(join(first.directory, CAPTURE_FILE), captureOf({ 'raw/a.out': 'hello' }));
  return { ...input, revisions: [{ ...first, captureSha256: 'ab' }, ...others] };
}

test('without raw captures: every record is in it, and manifest, report and outcome say what is not', async () => {
  await using directory = await temporaryDirectory('recon-without-');
  const sealed = await sealTarball({ ...(await twoMachines(directory.path)), withoutCaptures: true });
  assert.deepEqual([sealed.name, sealed.machines, sealed.isWithoutCaptures], [WITHOUT, 2, true]);
  const files = await tarballFiles(await readFile(sealed.path));
  assert.deepEqual(
    [...files.keys()].filter((name) => name.startsWith('nodes/')),
    ['nodes/52-54-00-00-00-01/node.json', 'nodes/52-54-00-00-00-02/node.json'],
  );
  const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '');
  assert.equal(manifest.withoutCaptures, true);
  assert.match(manifest.notes.join(), /raw captures are left out, because the stick had no room/);
  assert.match(files.get('report.html')?.toString('utf8') ?? '', /Sealed without the raw captures/);
});

test('with raw captures nothing of that is said', async () => {
  await using directory = await temporaryDirectory('recon-without-');
  const sealed = await sealTarball(await twoMachines(directory.path));
  const files = await tarballFiles(await readFile(sealed.path));
  assert.ok(files.has('nodes/52-54-00-00-00-01/capture/raw/a.out'));
  assert.equal('isWithoutCaptures' in sealed, false);
  assert.equal(JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '').withoutCaptures, undefined);
  assert.doesNotMatch(files.get('report.html')?.toString('utf8') ?? '', /without the raw captures/);
});

test('one with raw captures stays beside one without, until the next with them replaces both', async () => {
  await using directory = await temporaryDirectory('recon-without-');
  const input = await twoMachines(directory.path);
  const names: string[][] = [];
  const claimed: string[] = [];
  const ofVisit = {
    tarballs: () => claimed.map((name) => ({ name, holds: undefined })),
    claim: async (name: string) => void claimed.push(name),
  };
  let replaces: SealedTarball | undefined;
  for (const withoutCaptures of [false, true, true, false]) {
    replaces = await sealTarball({ ...input, replaces, ofVisit, withoutCaptures });
    names.push(await readdir(input.directory));
  }
  const second = WITHOUT.replace('.tar', '-2.tar');
  assert.deepEqual(names, [[NAME], [WITHOUT, NAME].sort(), [second, NAME].sort(), [NAME.replace('.tar', '-2.tar')]]);
});

test('a tarball that lacks a record takes the place of none, and one without any record is not made', async () => {
  await using directory = await temporaryDirectory('recon-without-');
  const input = await twoMachines(directory.path);
  const sealed = await sealTarball(input);
  const gone = input.revisions.map((one) => ({ ...one, directory: join(directory.path, 'gone') }));
  await assert.rejects(sealTarball({ ...input, revisions: gone, replaces: sealed }), {
    code: 'medium-failed',
    message: /none of the 2 records can be read: .*ENOENT/,
  });
  assert.deepEqual(await readdir(input.directory), [NAME]);
  const half = [...input.revisions.slice(0, 1), ...gone.slice(1)];
  await sealTarball({ ...input, revisions: half, replaces: sealed });
  assert.deepEqual(await readdir(input.directory), [NAME.replace('.tar', '-2.tar'), NAME].sort());
});

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { withVisits } from '../../src/desk/open-tarballs.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { deskTarball } from './desk-fixture.ts';

const directory = await temporaryDirectory('recon-progress-');
after(() => directory[Symbol.asyncDispose]());

test('whoever reads a visit says how far it is, by the name of the tarball', async () => {
  const { path } = await deskTarball(directory.path, ['S-1', 'S-2']);
  const said: string[] = [];
  await withVisits([path], { warn: assert.fail, onProgress: (sentence) => said.push(sentence) }, async ([visit]) => {
    assert.deepEqual(said[0], `${path}: opening it`);
    assert.ok(visit !== undefined);
    said.length = 0;
    for await (const _node of visit.nodes()) assert.ok(said.length > 0);
    for await (const _event of visit.ledger()) assert.ok(said.length > 0);
  });
  assert.deepEqual(
    said,
    [1, 2].map((count) => `${path}: ${count} ${count === 1 ? 'machine' : 'machines'} read`).concat(`${path}: 1 line of the ledger read`),
  );
});

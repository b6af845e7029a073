import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SealedTarball } from '../../src/seal/seal-tarball.ts';
import { endVisit, lastWords } from '../../src/service/end-visit.ts';
import { startOf } from '../master/visit/known-visit.ts';

const TARBALL: SealedTarball = { name: 'recon-hall.tar.gz', path: '/x/recon-hall.tar.gz', sizeBytes: 9, sha256: 'ab', machines: 34 };

/** A visit that writes down in which order its parts end. */
function ending({ sealed, trouble, storage = 'stick' }: { sealed?: SealedTarball; trouble?: string; storage?: 'stick' | 'ram' }) {
  const did: string[] = [];
  let newest: SealedTarball | undefined;
  const master = {
    stop: async () => {
      did.push('master');
      newest = sealed;
    },
    get sealed() {
      return newest;
    },
    signingCode: 'K7M2Q-9XWZ4',
    storageTrouble: undefined,
    current: { start: startOf(), own: [], words: [] },
  };
  const networks = {
    lookAgain: () => [],
    stopGuard: async () => void did.push('guard'),
    dropAddresses: async () => void did.push('addresses'),
  };
  const data = {
    directory: '/data',
    storage,
    close: async () => {
      did.push('stick');
      return trouble;
    },
  };
  const say = (...lines: string[]): void => void did.push(...lines.map((line) => `says ${line}`));
  return { did, end: () => endVisit({ master, networks, data, keepRecords: true, isGoingDown: async () => false, say }) };
}

test('the guard ends first, the stick last, and the tarball is the one that was made at the end', async () => {
  const { did, end } = ending({ sealed: TARBALL });
  await end();
  assert.deepEqual(did, [
    'says stopping: sealing the tarball, please wait ...',
    'guard',
    'master',
    'addresses',
    'stick',
    'says recon-hall.tar.gz holds 34 machines; its code is K7M2Q-9XWZ4',
    'says SAFE TO PULL THE STICK as soon as this machine is off.',
  ]);
});

test('nobody is told to pull a stick that was not written out, or that has no tarball', async () => {
  for (const how of [{ sealed: TARBALL, trouble: 'sync failed' }, {}, { sealed: TARBALL, storage: 'ram' as const }]) {
    const { did, end } = ending(how);
    await end();
    assert.ok(!did.some((line) => line.includes('SAFE')), JSON.stringify(how));
  }
});

const tarball = { name: 'recon-hall.tar.gz', machines: 34 };
for (const [what, input, words] of [
  ['a stick with trouble', { trouble: 'input/output error', tarball, storage: 'stick' }, /not written out: input\/output error/],
  [
    'no tarball on the stick',
    { trouble: undefined, tarball: undefined, storage: 'stick' },
    /records themselves that have a receipt are on the stick/,
  ],
  [
    'a stick that is gone',
    { trouble: undefined, why: 'The stick is gone.', tarball: undefined, storage: 'stick' },
    /^The stick is gone\.\nthe tarball could not/,
  ],
  [
    'no raw captures',
    { trouble: undefined, tarball: { ...tarball, isWithoutCaptures: true }, storage: 'stick' },
    /^The tarball is WITHOUT RAW CAPTURES[\s\S]*holds 34 machines[\s\S]*SAFE TO PULL/,
  ],
  ['no tarball in RAM', { trouble: undefined, tarball: undefined, storage: 'ram' }, /records themselves end with this machine/],
] as const) {
  test(`last words: ${what}`, () => assert.match(lastWords({ ...input, code: 'X' }).join('\n'), words));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediumTrouble } from '../../src/master/medium/medium.ts';
import { visitView } from '../../src/master/visit-view.ts';
import type { SealedTarball } from '../../src/seal/seal-tarball.ts';
import { manifestFor } from './fixture-records.ts';
import { startOf } from './visit/known-visit.ts';

const ENO1 = {
  interface: 'eno1',
  address: '10.77.0.1',
  guest: '10.77.255.2/16',
  prefixLength: 16,
  rangeFirst: '10.77.1.0',
  rangeLast: '10.77.250.255',
};
const TARBALL: SealedTarball = { name: 'recon-a.tar.gz', path: '/x/recon-a.tar.gz', sizeBytes: 9, sha256: 'ab', machines: 2 };
const NOBODY = { ledger: { machines: () => [] }, store: { latest: () => [], book: { shortage: undefined, isRamShort: false } } };

interface ViewInput {
  sealing?: { latest?: SealedTarball; current?: SealedTarball; isShort?: boolean };
  onDone?: () => void;
  trouble?: MediumTrouble;
}

function viewOf({ sealing = {}, onDone, trouble }: ViewInput) {
  const ended: string[] = [];
  const discovery = {
    current: { state: 'open' } as { state: 'open' } | { state: 'ended'; reason: string; at: string },
    end: async (reason: string): Promise<void> => {
      ended.push(reason);
      discovery.current = { state: 'ended', reason, at: '' };
    },
    stop: () => {},
  };
  const state = { segments: [ENO1] };
  const image = { kernel: Buffer.from('k'), initrd: Buffer.from('i'), rootImage: Buffer.from('r') };
  const settings = {
    manifest: manifestFor(image),
    storage: 'ram' as const,
    now: () => new Date(0),
    ...(onDone === undefined ? {} : { onDone }),
  };
  const sources = { ...NOBODY, masterMac: () => undefined } as unknown as Parameters<typeof visitView>[0]['sources'];
  const view = visitView({
    ...{ settings, state, discovery, sources, medium: { trouble } },
    sealing: { latest: undefined, current: undefined, isShort: false, ...sealing },
    current: { start: startOf(), earlier: [] },
  });
  return { view, state, ended };
}

test('what is served is what the page shows, as it is at the moment', () => {
  const { view, state } = viewOf({});
  assert.deepEqual(view.visit().segments, [{ interface: 'eno1', address: '10.77.0.1', guest: '10.77.255.2/16', state: 'serving' }]);
  state.segments = [];
  assert.deepEqual([view.visit().segments, view.visit().tarball, view.nodes()], [[], undefined, []]);
});

test('a tarball that something changed after is shown, and not as current', () => {
  assert.equal(viewOf({ sealing: { latest: TARBALL, current: TARBALL } }).view.visit().tarball?.isCurrent, true);
  assert.equal(viewOf({ sealing: { latest: TARBALL } }).view.visit().tarball?.isCurrent, false);
});

test('the button ends discovery, and is gone then; whoever starts the master may want something else', async () => {
  const { view, ended } = viewOf({});
  assert.deepEqual(view.visit().actions, ['seal', 'done']);
  await view.onDone();
  assert.equal(ended.length, 1);
  assert.deepEqual([view.visit().actions, view.visit().discoveryOver], [['seal'], ended[0]]);
  let called = 0;
  const other = viewOf({ onDone: () => void called++ });
  await other.view.onDone();
  assert.deepEqual([called, other.ended], [1, []]);
});

test('trouble with the stick is there as long as it is so, and a tarball without raw captures is offered when only that fits', () => {
  assert.equal(viewOf({}).view.visit().storageTrouble, undefined);
  const gone = viewOf({ trouble: { fault: 'gone', reason: 'no device' } }).view.visit();
  assert.deepEqual([gone.storageTrouble?.state, gone.storageTrouble?.reason], ['gone', 'no device']);
  assert.deepEqual(gone.actions, ['seal', 'done']);
  const short = viewOf({ sealing: { isShort: true } }).view.visit();
  assert.equal(short.storageTrouble?.state, 'no-room-for-tarball');
  assert.deepEqual(short.actions, ['seal', 'seal-without-captures', 'done']);
  const lean = { ...TARBALL, isWithoutCaptures: true } as const;
  const made = viewOf({ sealing: { isShort: true, latest: lean, current: lean } }).view.visit();
  assert.deepEqual([made.storageTrouble?.state, made.actions], ['nearly-full', ['seal', 'done']]);
  assert.match(made.storageTrouble?.sentence ?? '', /without raw captures: no room on the stick\.$/);
  // something came in after it
  assert.equal(viewOf({ sealing: { isShort: true, latest: lean } }).view.visit().storageTrouble?.state, 'no-room-for-tarball');
});

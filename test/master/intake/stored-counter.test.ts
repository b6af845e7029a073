import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedCounter } from '../../../src/master/intake/stored-counter.ts';
import { storedRevisions } from '../../../src/master/intake/stored-revisions.ts';
import type { StoredRevision } from '../../../src/records/revisions.ts';
import type { MachineBound } from '../../../src/seal/largest-tarball.ts';

const COUNTED: MachineBound = { recordBytes: 1, captureBytes: 2 };

function revision(mac: string, number = 1): StoredRevision {
  return {
    ...{ mac, revision: number, directory: `/nowhere/${mac}`, recordSha256: 'a'.repeat(64), captureSha256: undefined, receipt: undefined },
    facts: { identity: { findings: { critical: 0, warning: 0, note: 0 } }, keys: [], knownBy: { macs: [], numbers: [] } },
  };
}

/** Two machines, whose files are counted when the test says so. */
function counting() {
  const revisions = storedRevisions([revision('52:54:00:00:00:01'), revision('52:54:00:00:00:02')]);
  const asked: string[] = [];
  const kept: [mac: string, isCounted: boolean][] = [];
  const answers: (() => void)[] = [];
  const counter = storedCounter(revisions, { keep: (mac, bound) => kept.push([mac, bound === COUNTED]) }, async ({ mac }) => {
    asked.push(mac);
    await new Promise<void>((resolve) => answers.push(resolve));
    return COUNTED;
  });
  return { revisions, counter, asked, kept, answer: () => answers.shift()?.() };
}

/** Lets all that is ready to go on do so. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('all machines are booked by their sizes at once, and counted one after the other', async () => {
  const { counter, asked, kept, answer } = counting();
  await counter.start();
  assert.deepEqual(kept, [
    ['52:54:00:00:00:01', false],
    ['52:54:00:00:00:02', false],
  ]);
  answer();
  await turn();
  assert.deepEqual(asked, ['52:54:00:00:00:01', '52:54:00:00:00:02']);
  answer();
  await turn();
  assert.deepEqual(kept.slice(2), [
    ['52:54:00:00:00:01', true],
    ['52:54:00:00:00:02', true],
  ]);
});

test('whoever stops it waits for the file that is open, and no other is opened', async () => {
  const { counter, asked, kept, answer } = counting();
  await counter.start();
  let isStopped = false;
  const stopped = counter.stop().then(() => {
    isStopped = true;
  });
  await turn();
  assert.equal(isStopped, false);
  answer();
  await stopped;
  await turn();
  assert.deepEqual(asked, ['52:54:00:00:00:01']);
  assert.equal(kept.length, 2, 'what was counted for nobody is booked');
});

test('a machine that sent a newer record meanwhile is not booked by the older one', async () => {
  const { revisions, counter, kept, answer } = counting();
  await counter.start();
  revisions.keep(revision('52:54:00:00:00:01', 2));
  answer();
  await turn();
  answer();
  await turn();
  assert.deepEqual(kept.slice(2), [['52:54:00:00:00:02', true]]);
});

test('on a medium that came back it begins anew', async () => {
  const { counter, asked, answer } = counting();
  await counter.start();
  const again = counter.start();
  answer();
  await again;
  await turn();
  assert.deepEqual(asked, ['52:54:00:00:00:01', '52:54:00:00:00:01']);
  answer();
  await turn();
  assert.deepEqual(asked.slice(2), ['52:54:00:00:00:02']);
  answer();
  await counter.stop();
});

test('stopping what was never started does nothing', async () => {
  const { counter, kept } = counting();
  await counter.stop();
  assert.deepEqual(kept, []);
});

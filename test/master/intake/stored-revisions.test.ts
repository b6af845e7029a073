import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedRevisions } from '../../../src/master/intake/stored-revisions.ts';
import type { StoredRevision } from '../../../src/records/revisions.ts';

const [A, B, PORT] = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:99'];

function revision(mac: string, number: number, { ports = [mac], received = true } = {}): StoredRevision {
  return {
    mac,
    revision: number,
    directory: `records/${mac}/${number}`,
    recordSha256: `${number}`.repeat(64),
    captureSha256: undefined,
    receipt: received ? { recordSha256: '', revision: number, storage: 'ram', masterSequence: 1 } : undefined,
    facts: {
      identity: { findings: { critical: 0, warning: 0, note: 0 } },
      keys: ports.map((value) => ({ kind: 'nic', value })),
      knownBy: { macs: [...ports], numbers: [] },
    },
  };
}

test('the newest of each machine counts, and all of them are remembered', () => {
  const revisions = storedRevisions([revision(A, 1), revision(B, 1)]);
  revisions.keep(revision(A, 2));
  assert.deepEqual(
    revisions.latest().map(({ mac, revision: number }) => [mac, number]),
    [
      [A, 2],
      [B, 1],
    ],
  );
  assert.deepEqual([revisions.of(A).length, revisions.of(PORT).length, revisions.latestOf(PORT)], [2, 0, undefined]);
});

test('a machine is known by each of its ports, once it has a receipt', () => {
  const revisions = storedRevisions([revision(A, 1, { ports: [A, PORT] }), revision(B, 1, { received: false })]);
  assert.equal(revisions.acknowledged(PORT)?.mac, A);
  assert.equal(revisions.acknowledged(A)?.mac, A);
  assert.equal(revisions.acknowledged(B), undefined);
  assert.equal(revisions.acknowledged('52:54:00:00:00:03'), undefined);
});

test('a port that the newest record does not name any more is nobody', () => {
  const revisions = storedRevisions([revision(A, 1, { ports: [A, PORT] }), revision(A, 2, { ports: [A] })]);
  assert.equal(revisions.acknowledged(PORT), undefined);
});

test('a machine that has no receipt yet may be a port of one that has', () => {
  const revisions = storedRevisions([revision(PORT, 1, { received: false }), revision(A, 1, { ports: [A, PORT] })]);
  assert.equal(revisions.acknowledged(PORT)?.mac, A);
});

test('machines that share a key are told of each other', () => {
  const revisions = storedRevisions([revision(A, 1, { ports: [A, PORT] }), revision(B, 1, { ports: [B, PORT] })]);
  assert.deepEqual([revisions.duplicatesOf(A)[0]?.mac, revisions.duplicatesOf(B)[0]?.mac], [B, A]);
});

test('of a machine whose newest record is gone the one before counts, and of one without any nothing', () => {
  const [first, second, other] = [revision(A, 1), revision(A, 2), revision(B, 1)];
  const revisions = storedRevisions([first, second, other]);
  assert.deepEqual(revisions.become([other, first]), [second]);
  assert.deepEqual([revisions.latestOf(A), revisions.of(A), revisions.latest()], [first, [first], [first, other]]);
  assert.deepEqual(revisions.become([other]), [first]);
  assert.deepEqual([revisions.latestOf(A), revisions.of(A), revisions.latest()], [undefined, [], [other]]);
});

test('a record that is there otherwise than it was stored, or without its receipt, is lost; one that nobody knew of is found', () => {
  const [one, two] = [revision(A, 1, { ports: [A, PORT] }), revision(B, 1, { ports: [B, PORT] })];
  const revisions = storedRevisions([one, two]);
  const changed = { ...one, recordSha256: 'f'.repeat(64) };
  assert.deepEqual(revisions.become([changed, two]), [one]);
  assert.deepEqual(revisions.latestOf(A), changed);
  const untold = revision(B, 1, { received: false });
  assert.deepEqual(revisions.become([changed, untold]), [two]);
  assert.equal(revisions.acknowledged(B), undefined);
  assert.deepEqual(revisions.become([]), [changed]);
  assert.deepEqual([revisions.acknowledged(PORT), revisions.duplicatesOf(A)], [undefined, []]);
  assert.deepEqual(revisions.become([one]), []);
  assert.equal(revisions.acknowledged(PORT)?.mac, A);
});

test('a record that was on its way while the medium was looked through is there once', () => {
  const [onItsWay, stored] = [revision(A, 1, { received: false }), revision(A, 1)];
  const revisions = storedRevisions([onItsWay]);
  revisions.keep(stored);
  assert.deepEqual([revisions.of(A), revisions.latest()], [[stored], [stored]]);
});

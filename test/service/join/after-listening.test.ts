import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectionReason } from '../../../src/master/guard/reasons.ts';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { afterListening } from '../../../src/service/join/after-listening.ts';

const PROBING: SegmentState = { state: 'probing' };
const QUIET: SegmentState = { state: 'quiet' };
const refused = (serves?: true): SegmentState => ({
  state: 'refused',
  reasons: [objectionReason('eno1', { code: 'other-recon', ...(serves ? { serves } : {}) })],
});

/** What is served, in order, as `port state`. */
function held(leaving = { is: false }) {
  const served: string[] = [];
  const { note, release } = afterListening(
    (name, { state }) => void served.push(`${name} ${state}`),
    () => leaving.is,
  );
  return { served, note, release };
}

test('a quiet port waits until every port was listened to', () => {
  const { served, note } = held();
  note('eno1', PROBING);
  note('eno2', PROBING);
  note('eno1', QUIET);
  assert.deepEqual(served, ['eno1 probing', 'eno2 probing']);
  note('eno2', { state: 'no-link' });
  assert.deepEqual(served.slice(2), ['eno2 no-link', 'eno1 quiet']);
});

test('it waits for a master that is about to serve another port, too', () => {
  const { served, note } = held();
  note('eno1', refused());
  note('eno2', QUIET);
  note('eno1', PROBING);
  assert.ok(!served.includes('eno2 quiet'));
  note('eno1', refused(true));
  assert.equal(served.at(-1), 'eno2 quiet');
});

test('who becomes a peer serves nothing; who may not, what has waited, and nothing that was taken back', () => {
  const leaving = { is: false };
  const { served, note, release } = held(leaving);
  note('eno1', PROBING);
  for (const port of ['eno2', 'eno3']) note(port, QUIET);
  leaving.is = true;
  note('eno1', refused(true));
  note('eno3', refused(true));
  assert.ok(!served.some((line) => line.endsWith('quiet')));
  leaving.is = false;
  release();
  assert.deepEqual(served.slice(-2), ['eno3 refused', 'eno2 quiet']);
});

test('a port that must not be served any more is passed on at once, whatever is listened to', () => {
  const { served, note } = held();
  note('eno1', QUIET);
  note('eno2', PROBING);
  note('eno1', refused(true));
  assert.deepEqual(served, ['eno1 quiet', 'eno2 probing', 'eno1 refused']);
});

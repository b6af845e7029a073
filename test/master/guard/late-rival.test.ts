import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { buildProbes } from '../../../src/master/guard/packets/probes.ts';
import { ownTime } from '../../own-time.ts';
import { dhcp } from './frames.ts';
import { FOREIGN_OFFER, guarding, NEVER_MS } from './guarded-interface.ts';

const PROBE_MS = 10_000;
/** A server that may be one of another machine like us: its address is in our subnet. */
const LIKE_OURS = dhcp('reply', { sourceAddress: '10.77.0.9' });
const RIVAL = buildProbes(6, undefined, [], undefined)[0] ?? assert.fail();

/** An interface that serves, and is ended by what is heard a second ago. */
async function ended(t: TestContext, by: Uint8Array, before?: Uint8Array) {
  const time = ownTime(t);
  const here = guarding({}, { probeMs: PROBE_MS, reprobeMs: 60_000 });
  t.after(() => here.guarded.stop());
  const hear = async (frame: Uint8Array): Promise<void> => {
    here.captures.at(-1)?.carry(frame);
    await time.advance(0);
  };
  await time.advance(PROBE_MS);
  assert.equal(here.words().at(-1), 'quiet');
  if (before !== undefined) await hear(before);
  // longer than one that stops is excused, from the second look at what it said
  await time.advance(9000);
  await hear(by);
  await time.advance(1000);
  return { ...here, time, hear };
}

test('another machine like us that says so late is no foreign server: it is looked for again, and nobody is told to take it away', async (t) => {
  const { time, hear, words, told } = await ended(t, LIKE_OURS);
  assert.equal(words().at(-1), 'foreign-dhcp-server');
  await time.advance(59_000);
  await hear(RIVAL);
  assert.equal(words().at(-1), 'other-recon');
  assert.doesNotMatch(JSON.stringify(told.at(-1)), /type look/);
  await time.advance(60_000);
  assert.equal(words().at(-1), 'probing');
  await time.advance(PROBE_MS);
  assert.equal(words().at(-1), 'quiet');
});

test('one that was heard less than a minute before is one already', async (t) => {
  const { words } = await ended(t, LIKE_OURS, RIVAL);
  assert.deepEqual(words().slice(-2), ['foreign-dhcp-server', 'other-recon']);
});

test('who never says so, or only after a minute, is a foreign server for good', async (t) => {
  const { time, hear, words, captures, did } = await ended(t, LIKE_OURS);
  await time.advance(60_001);
  assert.deepEqual(
    captures.map(({ isOpen }) => isOpen),
    [false],
  );
  await hear(RIVAL);
  const before = did.length;
  await time.advance(NEVER_MS);
  assert.equal(words().at(-1), 'foreign-dhcp-server');
  assert.equal(did.length, before);
});

test('a server of another network is a foreign one, whoever else is heard', async (t) => {
  const { time, hear, words } = await ended(t, FOREIGN_OFFER, RIVAL);
  await hear(RIVAL);
  await time.advance(NEVER_MS);
  assert.equal(words().at(-1), 'foreign-dhcp-server');
});

test("it is asked three times meanwhile, and a person's word, or the end, comes first", async (t) => {
  const { time, access, words, guarded } = await ended(t, LIKE_OURS);
  const { send } = access;
  const sentAtMs: number[] = [];
  access.send = async (frames) => {
    sentAtMs.push(time.nowMs);
    await send(frames);
  };
  await time.advance(30_000);
  guarded.probeAgain();
  await time.advance(0);
  assert.equal(words().at(-1), 'probing');
  assert.equal(sentAtMs.length, 2, 'once while it was waited, and once in the new probe');
  access.send = () => Promise.reject(new Error('socat is not installed'));
  await time.advance(PROBE_MS);
  assert.equal(words().at(-1), 'probe-failed');
});

test('a guard that is stopped while its last question is on the way says nothing more', async (t) => {
  const sent = Promise.withResolvers<void>();
  const { time, hear, guarded, words, access } = await ended(t, FOREIGN_OFFER);
  guarded.probeAgain();
  await time.advance(PROBE_MS);
  assert.equal(words().at(-1), 'quiet');
  await hear(RIVAL);
  await time.advance(9000);
  access.send = () => sent.promise;
  await time.advance(1000);
  await hear(LIKE_OURS);
  await time.advance(1000);
  assert.equal(words().at(-1), 'foreign-dhcp-server');
  const stopping = guarded.stop();
  sent.resolve();
  await stopping;
  assert.equal(words().at(-1), 'foreign-dhcp-server');
});

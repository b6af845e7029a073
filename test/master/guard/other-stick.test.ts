import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { subnetSet } from '../../../src/domain/ip-address.ts';
import { NetworkSettings } from '../../../src/domain/network-settings.ts';
import { segmentRange } from '../../../src/domain/segment-range.ts';
import { decodeFrame } from '../../../src/master/guard/packets/frame.ts';
import { buildProbes, probeMarkOf } from '../../../src/master/guard/packets/probes.ts';
import type { GuardedLinkOptions } from '../../../src/master/guard/round.ts';
import { ownTime } from '../../own-time.ts';
import { arp, dhcp, ipv6, OTHER_MAC, OWN_MAC, udp4 } from './frames.ts';
import { guarding } from './guarded-interface.ts';

/** The first probe of another machine like us; the interface here has mark 5. */
const rival = (probeId: number, serves = false): Uint8Array => buildProbes(probeId, undefined, [], serves || undefined)[0] ?? assert.fail();
const FIRST = 4;
const LATER = 6;
/** A server that may be one of another machine like us: its address is in our subnet. */
const LIKE_OURS = dhcp('reply', { sourceAddress: '10.77.0.9' });
const PROBE_MS = 10_000;

/** An interface that is probed for ten seconds, time that is our own, and the frames that are sent. */
function room(t: TestContext, change: Partial<GuardedLinkOptions> = {}) {
  const time = ownTime(t);
  const here = guarding({}, { probeMs: PROBE_MS, reprobeMs: 60_000, ...change });
  t.after(() => here.guarded.stop());
  const sent: Uint8Array[] = [];
  const { send } = here.access;
  here.access.send = async (frames) => {
    sent.push(...frames);
    await send(frames);
  };
  const hear = async (...frames: readonly Uint8Array[]): Promise<void> => {
    for (const frame of frames) here.captures.at(-1)?.carry(frame);
    await time.advance(0);
  };
  const served = async (): Promise<void> => {
    await time.advance(PROBE_MS);
    assert.equal(here.words().at(-1), 'quiet');
    sent.length = 0;
  };
  /** what the latest state says beside serving */
  const heard = (): string[] => {
    const state = here.told.at(-1);
    return state?.state === 'quiet' ? (state.heard ?? []).map(({ sentence }) => sentence) : [];
  };
  const marks = () => sent.map((frame) => probeMarkOf(decodeFrame(frame) ?? assert.fail())?.serves ?? false);
  return { ...here, time, sent, hear, served, heard, marks };
}

test('questions say whether the segment is served already', async (t) => {
  const { time, sent, served, marks } = room(t);
  await time.advance(0);
  assert.ok(sent.length > 0 && marks().every((serves) => !serves));
  await served();
  await time.advance(10_000);
  assert.deepEqual(marks().slice(0, 3), [true, true, true]);
});

test('one that serves ends the probe soon; of one that only looks all is listened to', async (t) => {
  for (const [serves, lastsMs] of [
    [true, 1500],
    [false, PROBE_MS],
  ] as const) {
    const { time, hear, words, guarded } = room(t);
    await time.advance(0);
    await hear(rival(FIRST, serves));
    await time.advance(lastsMs - 1);
    assert.deepEqual(words(), ['probing']);
    await time.advance(1);
    assert.deepEqual(words(), ['probing', 'other-recon']);
    await guarded.stop();
  }
});

test('one that leaves the segment to us is told beside serving, and not any more when it is gone', async (t) => {
  const { time, hear, served, heard, guarded, link } = room(t);
  await time.advance(0);
  await hear(rival(LATER));
  await served();
  assert.equal(heard().length, 1);
  assert.match(heard()[0] ?? '', /another Recon master.*leaves the segment to this one/);
  Object.assign(link, { carrierChanges: 2 });
  guarded.linkChanged({ ...link });
  await time.advance(0);
  await served();
  assert.deepEqual(heard(), []);
});

test('one that begins while we serve is answered with one question that says so, and told once', async (t) => {
  const { hear, served, heard, words, marks, told } = room(t);
  await served();
  await hear(rival(FIRST), rival(FIRST));
  assert.deepEqual(marks(), [true]);
  assert.deepEqual([heard().length, words().at(-1)], [0, 'quiet'], 'what it means is looked at again');
  const before = told.length;
  await hear(rival(LATER, true));
  assert.equal(words().at(-1), 'quiet');
  assert.equal(told.length, before);
});

test('one that serves and goes before us ends serving at once, and is looked for again when it may be gone', async (t) => {
  const { time, hear, served, words } = room(t);
  await served();
  await hear(rival(FIRST, true));
  await time.advance(1000);
  assert.deepEqual(words(), ['probing', 'quiet', 'other-recon']);
  await time.advance(60_000);
  assert.equal(words().at(-1), 'probing');
  await served();
});

test('a question that cannot be sent is no failure', async (t) => {
  const { hear, served, words, access } = room(t);
  await served();
  access.send = () => Promise.reject(new Error('socat is not installed'));
  await hear(rival(LATER));
  assert.equal(words().at(-1), 'quiet');
});

test('a server that may be one of ours is asked who it is, and ends serving a second later when it does not say', async (t) => {
  const { time, hear, served, words, marks } = room(t);
  await served();
  await hear(LIKE_OURS);
  assert.deepEqual(marks(), [true]);
  await time.advance(999);
  assert.equal(words().at(-1), 'quiet');
  await time.advance(1);
  assert.equal(words().at(-1), 'foreign-dhcp-server');
});

test('the server of one that says who it is, and stops, does not end serving', async (t) => {
  const { time, hear, served, words } = room(t);
  await served();
  await hear(LIKE_OURS);
  await time.advance(500);
  await hear(rival(LATER, true));
  await time.advance(3000);
  assert.equal(words().at(-1), 'quiet');
});

const settings = NetworkSettings.parse({});
const ranges = [0, 1].map((number) => segmentRange(number, settings) ?? assert.fail());
const [OURS, NEXT] = ranges.map(({ addresses }) => addresses[0] ?? assert.fail());
assert.ok(OURS !== undefined && NEXT !== undefined);
/** Nobody else in our subnets is one of ours. */
const ownSubnets = subnetSet(['10.77.0.0/16', '10.78.0.0/16']);
const withRanges = {
  ranges: () => ranges,
  surroundings: () => ({ ownMacs: new Set([OWN_MAC]), ownSubnets, isOurs: () => false }),
};

test('somebody with an address of a range speaks against the range, not against the segment', async (t) => {
  const { time, hear, served, told } = room(t, withRanges);
  await time.advance(0);
  await hear(arp(OURS, OURS));
  await served();
  const state = told.at(-1);
  assert.deepEqual(state?.state === 'quiet' && [state.chosen?.range.number, state.chosen?.used.map(({ address }) => address)], [1, [OURS]]);
});

test('somebody who takes the address that we serve with ends serving', async (t) => {
  const { time, hear, served, words } = room(t, withRanges);
  await served();
  await hear(arp(NEXT, NEXT));
  assert.equal(words().at(-1), 'quiet');
  await hear(arp(OURS, '10.77.9.9'));
  await time.advance(1000);
  assert.equal(words().at(-1), 'address-taken');
});

test('while we serve it is asked who else has our address', async (t) => {
  const { time, sent, served } = room(t, withRanges);
  await served();
  await time.advance(10_000);
  const asked = sent.flatMap((frame) => {
    const { payload } = decodeFrame(frame) ?? assert.fail();
    return payload.kind === 'arp' ? [payload.targetAddress] : [];
  });
  assert.deepEqual(asked, [OURS]);
});

const stranger = (number: number): Uint8Array => udp4({ sourceAddress: `192.168.1.${number}` });

test('a stranger is told three seconds later, if he is still one then; of many the last five', async (t) => {
  const { time, hear, served, heard, told } = room(t);
  await served();
  const before = told.length;
  await hear(stranger(1), stranger(1));
  await time.advance(2999);
  assert.equal(told.length, before);
  await time.advance(1);
  assert.match(heard().join(), /192\.168\.1\.1,[^,]*$/);
  await hear(...[2, 3, 4, 5, 6, 7].map(stranger));
  await time.advance(3000);
  assert.deepEqual(
    heard().map((sentence) => /192\.168\.1\.\d/.exec(sentence)?.[0]),
    [3, 4, 5, 6, 7].map((number) => `192.168.1.${number}`),
  );
});

test('what was no stranger at the second look is told when he is one later', async (t) => {
  const ours = new Set<string>();
  const { time, hear, served, heard } = room(t, {
    surroundings: () => ({ ownMacs: new Set([OWN_MAC]), ownSubnets, isOurs: (_mac, address) => ours.has(address) }),
  });
  await served();
  const guest = udp4({ sourceMac: OTHER_MAC, sourceAddress: '10.77.1.5' });
  await hear(guest);
  ours.add('10.77.1.5');
  await time.advance(3000);
  assert.deepEqual(heard(), [], 'it was given the address meanwhile');
  ours.clear();
  await hear(guest);
  await time.advance(3000);
  assert.equal(heard().length, 1);
});

test('what is heard when the link goes is told no more', async (t) => {
  const { time, hear, served, guarded, link, told } = room(t);
  await served();
  await hear(stranger(1));
  Object.assign(link, { carrierChanges: 2, hasCarrier: false });
  guarded.linkChanged({ ...link });
  await time.advance(0);
  const before = told.length;
  await time.advance(5000);
  assert.equal(told.length, before);
});

test('a router of another machine like us is doubted, too', async (t) => {
  const { time, hear, served, words } = room(t);
  await served();
  await hear(ipv6('fe800000000000000000000000000001', 58, Uint8Array.of(134, 0, 0, 0)));
  assert.equal(words().at(-1), 'quiet');
  await time.advance(1000);
  assert.notEqual(words().at(-1), 'quiet');
});

test('one that goes first is looked for again after five seconds, and one that serves after a minute', async (t) => {
  for (const [serves, afterMs] of [
    [false, 5000],
    [true, 60_000],
  ] as const) {
    const { time, hear, words } = room(t);
    await time.advance(0);
    await hear(rival(FIRST, serves));
    await time.advance(PROBE_MS);
    assert.equal(words().at(-1), 'other-recon');
    const { length } = words();
    // the probe of one that serves ends before its time
    await time.advance(afterMs - (serves ? PROBE_MS : 1));
    assert.equal(words().length, length, `${afterMs}`);
    await time.advance(serves ? PROBE_MS : 1);
    assert.equal(words()[length], 'probing', `${afterMs}`);
  }
});

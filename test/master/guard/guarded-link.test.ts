import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { linkFlaps } from '../../../src/master/guard/link-flaps.ts';
import { sharedSegments } from '../../../src/master/guard/shared-segments.ts';
import { dhcp } from './frames.ts';
import { FOREIGN_OFFER, guarding, NEVER_MS } from './guarded-interface.ts';

test('a quiet segment is told so, and its capture stays open for the watch over it', async () => {
  await using room = guarding();
  const { guarded, reached, captures, did } = room;
  assert.deepEqual(await reached(2), ['probing', 'quiet']);
  assert.deepEqual([did, captures.map(({ isOpen }) => isOpen)], [['up', 'capture'], [true]]);
  await guarded.stop();
  assert.deepEqual(
    captures.map(({ isOpen }) => isOpen),
    [false],
  );
});

test('an interface that leads elsewhere is not even set up', async () => {
  await using room = guarding({ hasDefaultRoute: true });
  const { guarded, reached, did } = room;
  assert.deepEqual(await reached(1), ['default-route']);
  await guarded.stop();
  assert.deepEqual(did, []);
});

test('without a link nothing is probed; when it comes, all begins anew', async () => {
  await using room = guarding({ hasCarrier: false });
  const { guarded, reached, link, did } = room;
  assert.deepEqual(await reached(1), ['no-link']);
  assert.deepEqual(did, ['up']);
  guarded.linkChanged({ ...link });
  Object.assign(link, { hasCarrier: true, carrierChanges: 2 });
  guarded.linkChanged({ ...link });
  assert.deepEqual(await reached(3), ['no-link', 'probing', 'quiet']);
});

test('a change that is seen again before anybody has looked begins nothing anew', async () => {
  await using room = guarding({ hasCarrier: false });
  const { guarded, reached, access, link } = room;
  await reached(1);
  const { facts } = access;
  const looked = Promise.withResolvers<void>();
  let looks = 0;
  access.facts = async () => {
    looks += 1;
    await looked.promise;
    return facts();
  };
  link.carrierChanges = 3;
  for (let poll = 0; poll < 3; poll += 1) {
    guarded.linkChanged({ ...link });
    await new Promise(setImmediate);
  }
  looked.resolve();
  assert.deepEqual(await reached(2), ['no-link', 'no-link']);
  assert.equal(looks, 2, 'once before it is set up and once after');
});

test('a foreign server ends serving after half a second, for good: only a person has it probed again', async () => {
  await using room = guarding();
  const { guarded, reached, captures, link, told, words } = room;
  await reached(2);
  const startedMs = performance.now();
  captures[0]?.carry(FOREIGN_OFFER);
  assert.deepEqual(words(), ['probing', 'quiet'], 'another stick with another subnet may say that it is one');
  assert.deepEqual(await reached(3), ['probing', 'quiet', 'foreign-dhcp-server']);
  assert.ok(performance.now() - startedMs >= 499, 'for half a second');
  const refused = told.at(-1);
  assert.match(refused?.state === 'refused' ? (refused.reasons[0]?.hint ?? '') : '', /does not begin again by itself/);
  link.carrierChanges = 3;
  guarded.linkChanged({ ...link });
  guarded.probeAgain();
  assert.deepEqual((await reached(5)).slice(3), ['probing', 'quiet']);
  await guarded.stop();
  assert.equal(captures.length, 2, 'the new link alone began nothing');
});

test('when the capture ends we are blind, and probe again before anything is served', async () => {
  await using room = guarding();
  const { reached, captures } = room;
  await reached(2);
  captures[0]?.end('tcpdump ended');
  assert.deepEqual(await reached(4), ['probing', 'quiet', 'probing', 'quiet']);
});

test('a link that goes and comes while its segment is probed: what was found does not count', async () => {
  await using room = guarding();
  const { reached, access, link } = room;
  const facts = access.facts;
  let asked = 0;
  access.facts = async () => {
    asked += 1;
    // the first question was asked at the start: this is the second after it, behind the probe
    if (asked === 2) link.carrierChanges = 5;
    return facts();
  };
  assert.deepEqual(await reached(3), ['probing', 'probing', 'quiet']);
});

test('a link that flaps is refused with one number, until it holds', async () => {
  let losses = 3;
  const flaps = { note: () => {}, wentAway: () => losses++ };
  await using room = guarding({}, { flaps });
  const { guarded, reached, told } = room;
  await reached(1);
  assert.match(JSON.stringify(told[0]), /lost 3 times/);
  guarded.probeAgain();
  await reached(2);
  assert.match(JSON.stringify(told[1]), /lost 3 times/, 'another number would be told again and again');
});

test('a loss of the link while it is set up counts: it would be in no later comparison', async () => {
  await using room = guarding({}, { flaps: linkFlaps({ windowMs: NEVER_MS, losses: 1 }) });
  const { access, link, reached, did } = room;
  const { setUpSilently } = access;
  access.setUpSilently = async () => {
    await setUpSilently();
    link.carrierChanges = 3;
  };
  assert.deepEqual(await reached(1), ['link-flaps']);
  assert.deepEqual(did, ['up'], 'nothing was sent there');
});

test('a probe that fails is a refusal, and is tried again', async () => {
  await using room = guarding({}, { reprobeMs: 5 });
  const { reached, access } = room;
  const { openCapture } = access;
  access.openCapture = async () => {
    access.openCapture = openCapture;
    throw new ReconError('command-failed', 'tcpdump is not installed');
  };
  assert.deepEqual(await reached(4), ['probing', 'probe-failed', 'probing', 'quiet']);
});

test('a segment that another interface of ours serves is refused as such', async () => {
  const shared = { ...sharedSegments(() => false), firstOn: () => 'eno2' };
  await using room = guarding({}, { shared });
  const { reached } = room;
  assert.deepEqual(await reached(2), ['probing', 'same-segment']);
});

test('beside one DHCP server, where that is wanted: another one is a conflict, it itself is not', async () => {
  const policy = { wanted: 'one-server', address: '192.168.1.250', subnet: '192.168.1.0/24' } as const;
  const known = dhcp('reply', {}, { identifier: '192.168.1.1', offered: '192.168.1.50' });
  await using room = guarding({}, { policy });
  const { reached, access, captures, words } = room;
  const { send } = access;
  access.send = async (frames) => {
    await send(frames);
    captures.at(-1)?.carry(known);
  };
  assert.deepEqual(await reached(2), ['probing', 'proxy-dhcp']);
  captures[0]?.carry(known);
  assert.equal(words().length, 2);
  captures[0]?.carry(dhcp('reply', {}, { identifier: '192.168.1.2', offered: '192.168.1.51' }));
  assert.deepEqual(words().slice(2), ['foreign-dhcp-server']);
});

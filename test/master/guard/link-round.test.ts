import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedSegments } from '../../../src/master/guard/shared-segments.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { ownTime } from '../../own-time.ts';
import { dhcp, ethernet, ipv6, OTHER_MAC, udp4 } from './frames.ts';
import { FOREIGN_OFFER, guarding, NEVER_MS } from './guarded-interface.ts';

const TRAFFIC = udp4({ sourceAddress: '192.168.1.7' });
const ROUTER = ipv6('fe800000000000000000000000000001', 58, Uint8Array.of(134, 0, 0, 0));
const LLDP = ethernet(0x88cc, new Uint8Array(10), OTHER_MAC, '01:80:c2:00:00:0e');

test('a link that is seen to change begins a round, each change one, and what stays the same none', async (t) => {
  const time = ownTime(t);
  await using room = guarding({ hasCarrier: false, carrierChanges: 4 });
  const { guarded, link, did } = room;
  await time.advance(0);
  const rounds = async (change: object, times = 1): Promise<number> => {
    const before = did.length;
    Object.assign(link, change);
    for (let turn = 0; turn < times; turn += 1) guarded.linkChanged({ ...link });
    await time.advance(0);
    return did.length - before;
  };
  assert.equal(await rounds({}), 0);
  assert.equal(await rounds({ carrierChanges: 5 }), 1, 'it came and went');
  assert.equal(await rounds({}), 0);
  assert.equal(await rounds({ carrierChanges: 7 }, 3), 1, 'one change, told three times');
  assert.equal(await rounds({ hasCarrier: true }), 2, 'set up and captured');
});

test('every change is counted, also while nothing may begin anew', async (t) => {
  const time = ownTime(t);
  const counted: number[] = [];
  await using room = guarding({}, { flaps: { note: (changes) => counted.push(changes), wentAway: () => undefined } });
  const { guarded, captures, link, words, did } = room;
  await time.advance(20);
  captures[0]?.carry(FOREIGN_OFFER);
  await time.advance(500);
  assert.equal(words().at(-1), 'foreign-dhcp-server');
  const [before, toldBefore] = [did.length, words().length];
  counted.length = 0;
  guarded.linkChanged({ ...link, carrierChanges: 9 });
  await time.advance(NEVER_MS);
  assert.deepEqual(counted, [9]);
  assert.deepEqual([did.length, words().length], [before, toldBefore], 'a foreign server holds it, whatever the link does');
});

test('a guard that was stopped begins nothing any more', async (t) => {
  const time = ownTime(t);
  await using room = guarding({ hasCarrier: false });
  const { guarded, link, did, words } = room;
  await time.advance(0);
  await guarded.stop();
  const before = did.length;
  guarded.probeAgain();
  guarded.linkChanged({ ...link, carrierChanges: 9 });
  await time.advance(NEVER_MS);
  assert.deepEqual([did.length, words()], [before, ['no-link']]);
});

test('a new link forgets which interfaces hung on the segment', async (t) => {
  const time = ownTime(t);
  const forgotten: string[] = [];
  const shared = { ...sharedSegments(() => false), forget: (name: string) => forgotten.push(name) };
  await using room = guarding({}, { shared });
  await time.advance(20);
  assert.deepEqual([forgotten, room.words()], [['eno1'], ['probing', 'quiet']]);
});

test('what lies with others is not tried again, what lies with us is', async (t) => {
  const time = ownTime(t);
  const cases: [what: string, heard: Uint8Array | undefined, isShared: boolean, told: string[], rounds: number][] = [
    ['a foreign machine', TRAFFIC, false, ['foreign-traffic'], 1],
    ['another interface of ours', undefined, true, ['same-segment'], 3],
    ['both', TRAFFIC, true, ['foreign-traffic same-segment'], 1],
  ];
  for (const [what, heard, isShared, told, rounds] of cases) {
    const shared = { ...sharedSegments(() => false), firstOn: () => (isShared ? 'eno2' : undefined) };
    const room = guarding({}, { shared, reprobeMs: 1000 });
    const { send } = room.access;
    room.access.send = async (frames) => {
      await send(frames);
      if (heard !== undefined) room.captures.at(-1)?.carry(heard);
    };
    await time.advance(2500);
    assert.deepEqual(
      room.words().filter((word) => word !== 'probing'),
      Array(rounds).fill(told[0]),
      what,
    );
    await room.guarded.stop();
  }
});

test('a link that flaps anew is refused with its new number', async (t) => {
  const time = ownTime(t);
  let losses: number | undefined = 3;
  await using room = guarding({ hasCarrier: false }, { flaps: { note: () => {}, wentAway: () => losses } });
  const { told, words } = room;
  await time.advance(0);
  losses = 4;
  await time.advance(2000);
  losses = undefined;
  await time.advance(2000);
  losses = 5;
  room.guarded.probeAgain();
  await time.advance(0);
  assert.deepEqual(words(), ['link-flaps', 'link-flaps', 'no-link', 'link-flaps']);
  assert.deepEqual(
    told.map((state) => /lost (\d+) times/.exec(JSON.stringify(state))?.[1]),
    ['3', '3', undefined, '5'],
  );
});

const QUIET = { wanted: 'quiet' } as const;
const ONE_SERVER = { wanted: 'one-server', address: '192.168.1.250', subnet: '192.168.1.0/24' } as const;
const KNOWN = dhcp('reply', {}, { identifier: '192.168.1.1', offered: '192.168.1.50' });
const lasting: [what: string, policy: typeof QUIET | typeof ONE_SERVER, heard: Uint8Array, lastsMs: number][] = [
  ['after a server where none may be', QUIET, FOREIGN_OFFER, 1500],
  ['after a router, which explains nothing', QUIET, ROUTER, 10_000],
  ['after a machine', QUIET, TRAFFIC, 10_000],
  ['after a server where one must be: there may be a second', ONE_SERVER, KNOWN, 10_000],
];
for (const [what, policy, heard, lastsMs] of lasting) {
  test(`a probe lasts ${lastsMs} ms ${what}`, async (t) => {
    const time = ownTime(t);
    await using room = guarding({}, { policy, probeMs: 10_000 });
    const { access, captures, words } = room;
    const { send } = access;
    access.send = async (frames) => {
      await send(frames);
      captures.at(-1)?.carry(heard);
    };
    await time.advance(lastsMs - 1);
    assert.deepEqual(words(), ['probing']);
    await time.advance(1);
    assert.equal(words().length, 2);
  });
}

test('the journal names a switch once, and why serving stopped', async (t) => {
  const time = ownTime(t);
  const lines: string[] = [];
  const log = { ...silentLog, info: (line: string) => lines.push(line), warn: (line: string) => lines.push(`warning: ${line}`) };
  await using room = guarding({}, { log });
  const { captures, guarded } = room;
  await time.advance(20);
  captures[0]?.carry(LLDP);
  captures[0]?.carry(LLDP);
  captures[0]?.end('tcpdump ended');
  await time.advance(20);
  assert.deepEqual(lines, ['eno1: a switch announces itself (LLDP)', 'warning: eno1: stopped serving, looking again: tcpdump ended']);
  await guarded.stop();
  captures[1]?.end('tcpdump ended');
  await time.advance(20);
  assert.equal(lines.length, 2, 'that we end it ourselves is no news');
});

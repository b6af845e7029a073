import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subnetSet } from '../../../src/domain/ip-address.ts';
import type { Evidence } from '../../../src/master/guard/classify.ts';
import { decodeFrame } from '../../../src/master/guard/packets/frame.ts';
import { buildProbes, probeIds, probeMarkOf } from '../../../src/master/guard/packets/probes.ts';
import { type ServingMaster, servingMasterOf } from '../../../src/master/guard/packets/serving-master.ts';
import { objectionReason } from '../../../src/master/guard/reasons.ts';
import { rivalGoesBefore, rivalMeetings, withoutRival } from '../../../src/master/guard/rival.ts';

const ownSubnets = subnetSet(['10.77.0.0/16']);
const mac = '00:11:22:33:44:55';
const server = (address: string): Evidence => ({ code: 'foreign-dhcp-server', mac, address });
const router: Evidence = { code: 'router-advertisement', mac, address: 'fe80::1' };

test('two that are equal come to opposite answers; who serves goes before who looks', () => {
  for (const serves of [false, true]) {
    const rival = { ...(serves ? { serves: true as const } : {}) };
    assert.equal(rivalGoesBefore({ probeId: 1, ...rival }, { probeId: 2, serves }), true);
    assert.equal(rivalGoesBefore({ probeId: 2, ...rival }, { probeId: 1, serves }), false);
  }
  assert.equal(rivalGoesBefore({ probeId: 2, serves: true }, { probeId: 1, serves: false }), true);
  assert.equal(rivalGoesBefore({ probeId: 1 }, { probeId: 2, serves: true }), false);
});

test('a probe says whether its sender serves', () => {
  const marks = [false, true].map((serves) =>
    buildProbes(9, undefined, [], serves || undefined)
      .slice(0, 3)
      .map((one) => probeMarkOf(decodeFrame(one) ?? assert.fail())),
  );
  assert.deepEqual(
    marks.map((those) => those.map((mark) => mark?.serves)),
    [
      [undefined, undefined, undefined],
      [true, true, true],
    ],
  );
  const seconds = [false, true].map((serves) =>
    Buffer.from(buildProbes(9, undefined, [], serves || undefined)[0] ?? assert.fail()).readUInt16BE(42 + 8),
  );
  assert.deepEqual(seconds, [60, 61], 'which sticks of other versions read as well');
});

/** One that serves or looks, with a clock of its own. */
function meeting(serves: boolean) {
  const did: string[] = [];
  const clock = { ms: 0 };
  const own = { probeId: 5, serves };
  const callbacks = { answer: () => void did.push('answer'), onYield: () => void did.push('yield') };
  return { did, clock, ...rivalMeetings({ own, ownSubnets, ...callbacks, nowMs: () => clock.ms }) };
}

test('who looks says nothing, and goes when the other one is first', () => {
  const { did, meet, excuses } = meeting(false);
  assert.deepEqual(meet({ probeId: 4 }), { code: 'other-recon' });
  assert.deepEqual(meet({ probeId: 9, serves: true }), { code: 'other-recon', serves: true });
  assert.equal(meet({ probeId: 6 }), undefined);
  assert.deepEqual(did, ['yield']);
  assert.equal(excuses(server('10.77.0.1')), false, 'who looks excuses nobody');
});

test('who serves answers, not too often, tells of the other one, and stops for one that is first', () => {
  const { did, clock, meet } = meeting(true);
  assert.deepEqual(meet({ probeId: 4 }), { code: 'other-recon', yields: true });
  meet({ probeId: 4 });
  clock.ms = 499;
  meet({ probeId: 4 });
  clock.ms = 500;
  assert.deepEqual(meet({ probeId: 6, serves: true }), { code: 'other-recon', yields: true });
  assert.deepEqual(did, ['answer', 'yield', 'yield', 'yield', 'answer', 'yield']);
  assert.deepEqual(meet({ probeId: 4, serves: true }), { code: 'other-recon', serves: true });
});

test('the servers of one that was just heard are excused for as long as it needs to stop, and no others', () => {
  const { clock, meet, excuses } = meeting(true);
  assert.equal(excuses(server('10.77.0.1')), false, 'nobody was heard');
  meet({ probeId: 6, serves: true });
  assert.deepEqual(
    [server('10.77.0.1'), router, server('192.168.1.1'), { code: 'address-taken', mac, address: '10.77.0.1' } as const].map(excuses),
    [true, true, false, true],
  );
  assert.equal(excuses({ code: 'foreign-dhcp6-server', mac, address: 'fe80::1' }), true);
  clock.ms = 5000;
  assert.equal(excuses(server('10.77.0.1')), false);
});

test('one sentence for the other one, and the others for whoever else is there', () => {
  const recon: Evidence = { code: 'other-recon', serves: true };
  const other: Evidence = { code: 'foreign-dhcp-server', mac: '00:11:22:33:44:66', address: '192.168.1.1' };
  assert.deepEqual(
    withoutRival([recon, server('10.77.0.1'), router, { code: 'range-used', mac, address: '10.77.0.1' }, other], ownSubnets),
    [recon, other],
  );
  assert.deepEqual(withoutRival([server('10.77.0.1'), router], ownSubnets), [server('10.77.0.1'), router], 'it did not say who it is');
  assert.match(objectionReason('eno1', recon).sentence, /another Recon master, and it serves the segment/);
  assert.match(objectionReason('eno1', { code: 'other-recon' }).sentence, /it goes first/);
  assert.match(objectionReason('eno1', { code: 'other-recon', yields: true }).sentence, /leaves the segment to this one/);
});

test('one that goes first may have begun behind our last question: its servers wait for the next look, strangers do not', () => {
  const first: Evidence = { code: 'other-recon' };
  const second: Evidence = { code: 'other-recon', yields: true };
  const stranger: Evidence = { code: 'foreign-traffic', mac, address: '192.168.1.7' };
  const begun: Evidence[] = [server('10.77.0.1'), router, { code: 'range-used', mac, address: '10.77.0.1' }];
  assert.deepEqual(withoutRival([first, ...begun, server('192.168.1.1'), stranger], ownSubnets), [first, server('192.168.1.1'), stranger]);
  assert.deepEqual(withoutRival([second, ...begun], ownSubnets), [second, ...begun], 'who leaves the segment to us has no servers');
});

test('a probe says who serves, and with which network', () => {
  const read = (serving: ServingMaster) => {
    const probe = buildProbes(9, undefined, [], serving)[1] ?? assert.fail();
    return probeMarkOf(decodeFrame(probe) ?? assert.fail())?.by;
  };
  for (const by of [{ mac, subnet: '192.168.50.0/24' }, { mac }]) assert.deepEqual(read(by), by);
  assert.deepEqual(read({ mac, subnet: '0.0.0.0/0' }), { mac }, 'that would explain all there is');
  const options = new Map([[224, new TextEncoder().encode('OTHERx')]]);
  assert.equal(servingMasterOf({ options }), undefined, 'an option of somebody else');
});

test('who says what it serves explains its servers and machines, whatever their addresses, and nobody else', () => {
  const by = { mac, subnet: '192.168.50.0/24' };
  const recon: Evidence = { code: 'other-recon', serves: true, by };
  const machine = (address: string): Evidence => ({ code: 'foreign-traffic', mac: '00:11:22:33:44:77', address });
  const stranger: Evidence = { code: 'foreign-dhcp-server', mac: '00:11:22:33:44:66', address: '192.168.50.2' };
  assert.deepEqual(
    withoutRival(
      [recon, server('192.168.50.1'), router, machine('192.168.50.20'), machine('10.77.1.7'), stranger, machine('10.9.9.9')],
      ownSubnets,
    ),
    [recon, stranger, machine('10.9.9.9')],
  );
  const { meet, excuses } = meeting(true);
  meet({ probeId: 6, serves: true, by });
  assert.deepEqual([server('192.168.50.1'), machine('192.168.50.20'), stranger].map(excuses), [true, true, false]);
});

test('a stick goes before RAM, and who only looks goes after everybody who serves', () => {
  for (let draws = 0; draws < 100; draws += 1) {
    const [stick, ram, looker] = [probeIds('stick')(), probeIds('ram')(), probeIds('looker')()];
    assert.equal(rivalGoesBefore({ probeId: stick }, { probeId: ram, serves: false }), true);
    assert.equal(rivalGoesBefore({ probeId: ram }, { probeId: looker, serves: false }), true);
    assert.ok(looker < 2 ** 30, 'a transaction has 30 bits for it');
  }
});

test('of two machines the same one goes first on each segment, and no two interfaces of one have the same mark', () => {
  const ofMachine = (machine: number): number[] => {
    const draws = [machine];
    const next = probeIds('ram', (below) => draws.pop() ?? Math.floor(Math.random() * below));
    return Array.from({ length: 64 }, next);
  };
  const [one, two] = [ofMachine(3), ofMachine(4)];
  assert.equal(new Set(one).size, 64);
  for (const probeId of one) for (const other of two) assert.equal(rivalGoesBefore({ probeId }, { probeId: other, serves: false }), true);
  const always = probeIds('stick', () => 7);
  assert.deepEqual([always(), always(), always()], [7 * 4096 + 7, 7 * 4096 + 8, 7 * 4096 + 9]);
});

test('the one that goes on is told that the other one begins by itself', () => {
  assert.match(objectionReason('eno1', { code: 'other-recon', yields: true }).hint, /begins by itself when this one ends/);
  assert.match(objectionReason('eno1', { code: 'other-recon' }).hint, /looked at every minute/);
});

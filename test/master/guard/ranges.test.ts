import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ipv6Bytes, subnetSet } from '../../../src/domain/ip-address.ts';
import { NetworkSettings } from '../../../src/domain/network-settings.ts';
import { segmentRange } from '../../../src/domain/segment-range.ts';
import { classify, type OwnAddresses } from '../../../src/master/guard/classify.ts';
import { decodeFrame } from '../../../src/master/guard/packets/frame.ts';
import { buildProbes, PROBE_MAC } from '../../../src/master/guard/packets/probes.ts';
import { chooseRange } from '../../../src/master/guard/ranges.ts';
import { stateWords } from '../../../src/master/guard/state-words.ts';
import { arp, ipv6, OTHER_MAC, OWN_MAC } from './frames.ts';

const settings = NetworkSettings.parse({});
const [first, second, third] = [0, 1, 2].map((number) => segmentRange(number, settings) ?? assert.fail());
assert.ok(first !== undefined && second !== undefined && third !== undefined);
const ranges = [first, second, third];
const used = (address: string) => ({ code: 'range-used', mac: OTHER_MAC, address }) as const;
const none = new Set<number>();

describe('which range', () => {
  test('the first, when nobody has an address of it', () => {
    assert.deepEqual(chooseRange('eno1', { ranges, used: [], others: none }), { range: first, used: [] });
  });
  test('the next, when somebody has the address of the master, one of the pool, or the one over IPv6', () => {
    for (const address of first.addresses)
      assert.deepEqual(chooseRange('eno1', { ranges, used: [used(address)], others: none }), { range: second, used: [used(address)] });
    const both = [used('10.77.0.1'), used('10.78.1.0')];
    assert.deepEqual(chooseRange('eno1', { ranges, used: both, others: none }), { range: third, used: both });
    const beside = [used('10.77.0.1'), used('10.79.0.1')];
    assert.deepEqual(chooseRange('eno1', { ranges, used: beside, others: none }), { range: second, used: [used('10.77.0.1')] });
  });
  test('the next, when a machine that another stick left behind has any address of it', () => {
    const left = used('10.77.203.4');
    assert.deepEqual(chooseRange('eno1', { ranges, used: [left], others: none }), { range: second, used: [left] });
  });
  test('none that another interface has taken meanwhile', () => {
    assert.deepEqual(chooseRange('eno1', { ranges, used: [], others: new Set([0]) }), { range: second, used: [] });
    assert.equal(chooseRange('eno1', { ranges: [first], used: [], others: new Set([0]) }), 'again');
  });
  test('none at all, with a sentence for each address', () => {
    const chosen = chooseRange('eno1', { ranges: [first], used: [used('10.77.0.1')], others: none });
    assert.ok(typeof chosen !== 'string' && 'refused' in chosen);
    assert.match(chosen.refused[0]?.sentence ?? '', /On eno1 somebody has 10\.77\.0\.1 already, of the range that would be served/);
    assert.match(chosen.refused[0]?.hint ?? '', /recon\.yaml/);
  });
  test('it is said why it is not the usual one', () => {
    const words = stateWords('eno1', { state: 'quiet', chosen: { range: second, used: [used('10.77.0.1')] } });
    assert.match(
      words.at(-1)?.sentence ?? '',
      /Somebody has 10\.77\.0\.1 there \(hardware address .*\), so it is served with 10\.78\.0\.0\/16/,
    );
    assert.match(words.at(-1)?.hint ?? '', /^Nothing to do/);
  });
});

const own: OwnAddresses = {
  ownMacs: new Set([OWN_MAC]),
  ownSubnets: subnetSet(['10.77.0.0/16', '10.78.0.0/16', 'fd52:4543:4f4e::/48']),
  isOurs: (mac, address) => mac === '52:54:00:00:00:77' || address === '10.77.255.2',
  asked: new Set(ranges.flatMap(({ addresses }) => addresses)),
};
const toProbe = (sender: string, source = OTHER_MAC): Uint8Array => {
  const frame = Uint8Array.from(arp(sender, '0.0.0.0', source));
  frame.set([2, 0x52, 0x45, 0x43, 0x4f, 0x4e]);
  return frame;
};
const advertised = (target: string) =>
  ipv6('fe80000000000000021122fffe334455', 58, Uint8Array.of(136, 0, 0, 0, 0, 0, 0, 0, ...ipv6Bytes(target)));
const solicited = (target: string, source: string) => ipv6(source, 58, Uint8Array.of(135, 0, 0, 0, 0, 0, 0, 0, ...ipv6Bytes(target)));
const MASTER6 = 'fd52:4543:4f4e:1::1';

const FRAMES: readonly (readonly [what: string, frame: Uint8Array, code: string | undefined])[] = [
  ['an answer to our ARP probe', toProbe('10.77.0.1'), 'range-used'],
  ['an answer that goes to everybody', arp('10.78.1.0', '0.0.0.0'), 'range-used'],
  ['somebody who is about to take the address', arp('0.0.0.0', '10.77.0.1'), 'range-used'],
  ['somebody who announces it', arp('10.77.0.1', '10.77.0.1'), 'range-used'],
  ['an answer for IPv6', advertised(MASTER6), 'range-used'],
  ['somebody who is about to take it over IPv6', solicited(MASTER6, '0'.repeat(32)), 'range-used'],
  ['a machine of ours that answers', toProbe('10.77.1.0', '52:54:00:00:00:77'), undefined],
  ['a machine of ours that looks for us', arp('10.77.1.9', '10.77.0.1', '52:54:00:00:00:77'), undefined],
  ['a laptop behind the pool', arp('10.77.255.2', '10.77.0.1'), undefined],
  ['a machine of another network with our addresses', arp('10.77.0.9', '10.77.0.1'), 'foreign-traffic'],
  ['an answer for an address that we did not ask for', toProbe('10.77.0.9'), 'foreign-traffic'],
  ['somebody who has the address and looks for another', arp('10.77.0.1', '10.77.0.9'), 'foreign-traffic'],
  ['somebody who looks for it over IPv6', solicited(MASTER6, 'fe80000000000000021122fffe334455'), undefined],
  ['a probe for an address that we did not ask for', arp('0.0.0.0', '10.77.9.9'), undefined],
];
for (const [what, bytes, code] of FRAMES) {
  test(`heard while it is probed: ${what}: ${code ?? 'nothing'}`, () => {
    const frame = decodeFrame(bytes) ?? assert.fail();
    assert.equal(classify(frame, own)?.code, code);
  });
}

test('without a word on who is ours, all of our subnets are', () => {
  const frame = decodeFrame(arp('10.77.0.9', '10.77.0.1')) ?? assert.fail();
  assert.equal(classify(frame, { ownMacs: own.ownMacs, ownSubnets: own.ownSubnets }), undefined);
});

test('a question over IPv6 is one that others answer: duplicate address detection with a checksum that is right (RFC 4861 4.3)', () => {
  const frame = Buffer.from(buildProbes(7, undefined, [MASTER6]).at(-1) ?? assert.fail());
  const [source, destination, message] = [frame.subarray(22, 38), frame.subarray(38, 54), frame.subarray(54, 54 + 24)];
  assert.deepEqual([...message.subarray(0, 2)], [135, 0]);
  assert.deepEqual([...message.subarray(4, 8)], [0, 0, 0, 0]);
  assert.deepEqual(message.subarray(8), Buffer.from(ipv6Bytes(MASTER6)));
  // the sum over everything, the checksum among it, is all ones (RFC 1071, RFC 8200 8.1)
  const summed = Buffer.concat([source, destination, Buffer.from([0, 0, 0, message.length, 0, 0, 0, 58]), message]);
  let sum = 0;
  for (let at = 0; at < summed.length; at += 2) sum += summed.readUInt16BE(at);
  assert.equal((sum & 0xffff) + (sum >>> 16), 0xffff);
});

test('each address is asked for in the way of its family, by nobody, in frames of one length', () => {
  const probes = buildProbes(7, undefined, first.addresses);
  assert.equal(new Set(probes.map(({ length }) => length)).size, 1);
  const asked = probes.slice(-first.addresses.length).map((bytes) => {
    const frame = decodeFrame(bytes) ?? assert.fail();
    assert.equal(frame.source, PROBE_MAC);
    const { payload } = frame;
    if (payload.kind === 'arp') return [frame.destination, payload.senderAddress, payload.targetAddress];
    return payload.kind === 'ipv6' ? [frame.destination, payload.source, payload.icmpTarget, payload.destination] : [];
  });
  assert.deepEqual(asked, [
    ...first.addresses.slice(0, 3).map((address) => ['ff:ff:ff:ff:ff:ff', '0.0.0.0', address]),
    ['33:33:ff:00:00:01', '::', MASTER6, 'ff02::1:ff00:1'],
  ]);
});

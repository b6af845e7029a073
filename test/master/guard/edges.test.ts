import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subnetSet } from '../../../src/domain/ip-address.ts';
import { classify, type Evidence, noteOf } from '../../../src/master/guard/classify.ts';
import { decide, type SegmentFacts } from '../../../src/master/guard/decide.ts';
import { linkFlaps } from '../../../src/master/guard/link-flaps.ts';
import { decodeFrame } from '../../../src/master/guard/packets/frame.ts';
import { policyOf } from '../../../src/master/guard/policy.ts';
import { isConflict, judgeForProxyDhcp } from '../../../src/master/guard/proxy-dhcp.ts';
import { sharedSegments } from '../../../src/master/guard/shared-segments.ts';
import { stateWords } from '../../../src/master/guard/state-words.ts';
import { dhcp, ethernet, ipv6, OTHER_MAC, OWN_MAC, udp } from './frames.ts';

const OWN_ADDRESS = '192.168.1.250';
const SURROUNDINGS = { ownMacs: new Set([OWN_MAC]), ownSubnets: subnetSet(['10.77.0.0/16']), ownAddress: OWN_ADDRESS };
const evidenceOf = (bytes: Uint8Array): Evidence | undefined => {
  const frame = decodeFrame(bytes);
  return frame === undefined ? undefined : classify(frame, SURROUNDINGS);
};
const server = (more: object = {}): Evidence => ({ code: 'foreign-dhcp-server', mac: OTHER_MAC, address: '192.168.1.1', ...more });
const SOURCE = { sourceAddress: '192.168.1.1' };
const LINK_LOCAL = 'fe800000000000000000000000000001';
const dhcp6 = (port: number, ...message: number[]): Uint8Array => ipv6(LINK_LOCAL, 17, udp(547, port, Uint8Array.from(message)));
const SERVER_6: Evidence = { code: 'foreign-dhcp6-server', mac: OTHER_MAC, address: 'fe80::1' };

const frames: readonly [what: string, bytes: Uint8Array, evidence: Evidence | undefined][] = [
  ['a reply to the port of clients only', dhcp('reply', { ...SOURCE, sourcePort: 1000 }), server()],
  ['a reply from the port of servers only', dhcp('reply', { ...SOURCE, destinationPort: 1000 }), server()],
  ['a reply between relays', dhcp('reply', { ...SOURCE, sourcePort: 67, destinationPort: 67 }), server()],
  [
    'the same bytes between other ports',
    dhcp('reply', { ...SOURCE, sourcePort: 69, destinationPort: 1000 }),
    { code: 'foreign-traffic', mac: OTHER_MAC, address: '192.168.1.1' },
  ],
  [
    'a reply with the vendor class of no boot',
    dhcp('reply', SOURCE, { offered: '192.168.1.9', vendorClass: 'MSFT 5.0' }),
    server({ offered: '192.168.1.9' }),
  ],
  [
    'a reply with the vendor class of HTTP boot',
    dhcp('reply', SOURCE, { offered: '192.168.1.9', vendorClass: 'HTTPClient' }),
    server({ offered: '192.168.1.9', boots: true }),
  ],
  [
    'a boot file of ours',
    dhcp('reply', SOURCE, { offered: '192.168.1.9', bootFile: `http://${OWN_ADDRESS}/x.efi` }),
    server({ offered: '192.168.1.9' }),
  ],
  [
    'a boot file elsewhere that names us',
    dhcp('reply', SOURCE, { offered: '192.168.1.9', bootFile: `http://other/?http://${OWN_ADDRESS}/` }),
    server({ offered: '192.168.1.9', boots: true }),
  ],
  ['DHCPv6 ADVERTISE', dhcp6(546, 2), SERVER_6],
  ['DHCPv6 REPLY', dhcp6(546, 7), SERVER_6],
  ['DHCPv6 RECONFIGURE', dhcp6(546, 10), SERVER_6],
  ['DHCPv6 SOLICIT', dhcp6(547, 1), undefined],
  ['DHCPv6 SOLICIT to the wrong port', dhcp6(546, 1), undefined],
  ['DHCPv6 REPLY to a server', dhcp6(547, 7), undefined],
  ['DHCPv6 without a byte', dhcp6(546), undefined],
];
for (const [what, bytes, evidence] of frames) test(what, () => assert.deepEqual(evidenceOf(bytes), evidence));

test('spanning tree of one VLAN is noted as spanning tree', () => {
  const frame = decodeFrame(ethernet(50, new Uint8Array(10), OTHER_MAC, '01:00:0c:cc:cc:cd'));
  assert.equal(frame === undefined ? undefined : noteOf(frame), 'stp');
});

const FACTS: SegmentFacts = { name: 'eno1', driver: 'igb', hasCarrier: true, hasDefaultRoute: false, addresses: [] };
const NOTHING = { outcome: 'probed', evidence: [] } as const;
const lease = (address: string) => ({ address, prefixLength: 24, scope: 'global', dynamic: true });
const sentences = (facts: Partial<SegmentFacts>, probe?: Parameters<typeof decide>[2]): string[] | string => {
  const decision = decide({ ...FACTS, ...facts }, subnetSet(['10.77.0.0/16']), probe);
  return decision.state === 'refused' ? decision.reasons.map(({ sentence }) => sentence) : decision.state;
};

test('all that speaks against an interface is said, in order, and of several addresses the first', () => {
  const facts = { driver: 'cdc_ether', hasDefaultRoute: true, addresses: [lease('192.168.1.5'), lease('192.168.1.6')] };
  assert.deepEqual(sentences(facts, { ...NOTHING, evidence: [] }), [
    "eno1 is the link to this machine's own BMC (driver cdc_ether), not a network.",
    'eno1 leads to another network: this machine has its default route there.',
    'eno1 has an address that somebody gave it: 192.168.1.5/24.',
  ]);
  assert.deepEqual(sentences({}), ['It is not known what is on eno1: nobody has looked at it yet.']);
});

test('the link to a BMC is known by how its name begins', () => {
  const quiet = { outcome: 'probed' as const, evidence: [] };
  assert.equal(sentences({ name: 'idrac0' }, quiet).length, 1);
  assert.equal(sentences({ name: 'my-idrac' }, quiet), 'quiet');
});

test('two frames of one server are one reason', () => {
  const evidence = [server({ offered: '192.168.1.50' }), server({ offered: '192.168.1.51' })];
  assert.equal(sentences({}, { outcome: 'probed', evidence }).length, 1);
});

const POLICY = { wanted: 'one-server', address: OWN_ADDRESS, subnet: '192.168.1.0/24' } as const;

test('all that speaks against ProxyDHCP is said, in order, with what was found first', () => {
  const evidence = [
    { code: 'foreign-pxe-server', mac: OTHER_MAC, address: undefined } as const,
    server({ offered: '10.0.0.5', boots: true }),
    server({ address: undefined, offered: '10.0.0.6', boots: true }),
  ];
  assert.deepEqual(judgeForProxyDhcp(evidence, POLICY), {
    refusals: [
      { code: 'foreign-pxe-server', mac: OTHER_MAC, address: undefined },
      { code: 'several-dhcp-servers', servers: ['192.168.1.1', OTHER_MAC] },
      { code: 'other-network', offered: '10.0.0.5', subnet: POLICY.subnet },
      { code: 'server-names-boot-file', server: '192.168.1.1' },
    ],
  });
  assert.deepEqual(judgeForProxyDhcp([server({ address: undefined })], POLICY), { server: OTHER_MAC });
  assert.equal(isConflict(server({ address: undefined }), OTHER_MAC), false);
});

test('an interface that forgets its segment is forgotten by its neighbours too', () => {
  const order = ['eno1', 'eno2', 'eno3'];
  const shared = sharedSegments((other, name) => order.indexOf(other) < order.indexOf(name));
  shared.add('eno3', 'eno2');
  shared.add('eno3', 'eno1');
  assert.equal(shared.firstOn('eno3'), 'eno2', 'of two that go before, the one that was heard first');
  shared.forget('eno2');
  assert.deepEqual([shared.firstOn('eno3'), shared.firstOn('eno2')], ['eno1', undefined]);
  shared.forget('eno3');
  shared.add('eno2', 'eno1');
  assert.deepEqual([shared.firstOn('eno3'), shared.firstOn('eno2')], [undefined, 'eno1']);
});

test('a counter of changes that goes back, or stays, is no loss; half a change is none', () => {
  const flaps = linkFlaps({ windowMs: 1000, losses: 1 });
  for (const [counter, lost] of [
    [10, undefined],
    [10, undefined],
    [3, undefined],
    [4, undefined],
    [5, 1],
    [6, 1],
    [7, 2],
  ] as const) {
    flaps.note(counter, 0);
    assert.equal(flaps.wentAway(0), lost, `counter ${counter}`);
  }
});

test('three losses within a minute are the limit, where nobody says otherwise', () => {
  const flaps = linkFlaps();
  flaps.note(0, 0);
  flaps.note(6, 1);
  assert.deepEqual([flaps.wentAway(60_000), flaps.wentAway(60_001)], [3, undefined]);
  flaps.note(10, 60_001);
  assert.equal(flaps.wentAway(60_001), undefined);
});

test('what a network must be, by the settings', () => {
  const settings = { mode: 'own-dhcp', subnet: '10.77.0.0/16', bootOnly: false } as unknown as Parameters<typeof policyOf>[0];
  assert.deepEqual(policyOf(settings), { wanted: 'quiet' });
  assert.deepEqual(policyOf({ ...settings, address: '192.168.1.250/24' }), { wanted: 'quiet' });
  assert.deepEqual(policyOf({ ...settings, mode: 'proxy-dhcp', address: '192.168.1.250/24' }), POLICY);
  assert.throws(() => policyOf({ ...settings, mode: 'proxy-dhcp', address: 'x' }), { code: 'address-malformed', message: /: x$/ });
});

test('an interface that is gone, and one that has another name now', () => {
  const [gone] = stateWords('eno1', { state: 'gone' });
  const [renamed] = stateWords('eno1', { state: 'gone', renamedTo: 'lan0' });
  assert.match(gone?.sentence ?? '', /^eno1 is gone/);
  assert.equal(renamed?.sentence, 'eno1 is called lan0 now.');
});

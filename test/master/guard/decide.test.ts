import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subnetSet } from '../../../src/domain/ip-address.ts';
import { decide, isAboutToBeServed, type ProbeResult, type SegmentFacts } from '../../../src/master/guard/decide.ts';
import type { ReasonCode } from '../../../src/master/guard/reasons.ts';

const MAC = '52:54:00:aa:bb:cc';
const OWN = subnetSet(['10.77.0.0/16']);
const FACTS: SegmentFacts = { name: 'eno1', driver: 'igb', hasCarrier: true, hasDefaultRoute: false, addresses: [] };
const NOTHING: ProbeResult = { outcome: 'probed', evidence: [] };
const saw = (...evidence: Extract<ProbeResult, { outcome: 'probed' }>['evidence']): ProbeResult => ({ outcome: 'probed', evidence });
const address = (text: string, dynamic: boolean, scope = 'global') => ({ address: text, prefixLength: 16, scope, dynamic });

const CASES: [name: string, facts: Partial<SegmentFacts>, probe: ProbeResult | undefined, expected: 'quiet' | 'no-link' | ReasonCode[]][] =
  [
    ['nothing seen', {}, NOTHING, 'quiet'],
    ['nothing seen, and our own address from before a restart', { addresses: [address('10.77.0.1', false)] }, NOTHING, 'quiet'],
    ['link-local addresses say nothing', { addresses: [address('fe80::1', false, 'link')] }, NOTHING, 'quiet'],
    ['no carrier', { hasCarrier: false }, undefined, 'no-link'],
    ['never probed', {}, undefined, ['probe-failed']],
    ['could not probe', {}, { outcome: 'failed', why: 'tcpdump is not installed' }, ['probe-failed']],
    ['a server', {}, saw({ code: 'foreign-dhcp-server', mac: MAC, address: '192.168.1.1' }), ['foreign-dhcp-server']],
    ['a tag', {}, saw({ code: 'tagged-frames', mac: MAC, vlanId: 4 }), ['tagged-frames']],
    ['a router', {}, saw({ code: 'router-advertisement', mac: MAC, address: 'fe80::1' }), ['router-advertisement']],
    ['a host', {}, saw({ code: 'foreign-traffic', mac: MAC, address: '192.168.1.7' }), ['foreign-traffic']],
    ['two of our own on one segment', {}, saw({ code: 'same-segment', otherInterface: 'eno2' }), ['same-segment']],
    [
      'several things, in order',
      {},
      saw({ code: 'foreign-dhcp-server', mac: MAC, address: undefined }, { code: 'foreign-traffic', mac: MAC, address: '192.168.1.7' }),
      ['foreign-dhcp-server', 'foreign-traffic'],
    ],
    ['a default route', { hasDefaultRoute: true }, NOTHING, ['default-route']],
    ['a default route without carrier', { hasDefaultRoute: true, hasCarrier: false }, undefined, ['default-route']],
    ['a lease', { addresses: [address('192.168.1.50', true)] }, NOTHING, ['foreign-lease']],
    ['a lease from another server of our kind', { addresses: [address('10.77.3.4', true)] }, NOTHING, ['foreign-lease']],
    ['a fixed address of another network', { addresses: [address('192.168.1.50', false)] }, NOTHING, ['foreign-lease']],
    [
      'lease and route',
      { hasDefaultRoute: true, addresses: [address('192.168.1.50', true)] },
      undefined,
      ['default-route', 'foreign-lease'],
    ],
    ['the USB network card of a BMC', { driver: 'cdc_ether' }, NOTHING, ['bmc-usb-nic']],
    ['the same with another driver', { driver: 'rndis_host' }, NOTHING, ['bmc-usb-nic']],
    ['the same by its name', { name: 'idrac', driver: undefined }, NOTHING, ['bmc-usb-nic']],
  ];

for (const [name, facts, probe, expected] of CASES) {
  test(name, () => {
    const verdict = decide({ ...FACTS, ...facts }, OWN, probe);
    const summary = verdict.state === 'refused' ? verdict.reasons.map(({ code }) => code) : verdict.state;
    assert.deepEqual(summary, expected);
    for (const reason of verdict.state === 'refused' ? verdict.reasons : []) {
      assert.match(reason.sentence, new RegExp(facts.name ?? FACTS.name));
      assert.match(reason.hint, /\.$/);
    }
  });
}

test('beside one DHCP server, where that is wanted', () => {
  const policy = { wanted: 'one-server', address: '192.168.1.250', subnet: '192.168.1.0/24' } as const;
  const seen = saw({ code: 'foreign-dhcp-server', mac: MAC, address: '192.168.1.1', offered: '192.168.1.50' });
  assert.deepEqual(decide(FACTS, OWN, seen, policy), { state: 'proxy-dhcp', server: '192.168.1.1' });
  assert.equal(decide(FACTS, OWN, NOTHING, policy).state, 'refused', 'a quiet segment is no place for ProxyDHCP');
  assert.equal(decide({ ...FACTS, hasDefaultRoute: true }, OWN, seen, policy).state, 'refused');
});

test('the person reads which server it is', () => {
  const verdict = decide(FACTS, OWN, saw({ code: 'foreign-dhcp-server', mac: MAC, address: '192.168.1.1' }));
  assert.ok(verdict.state === 'refused');
  assert.equal(verdict.reasons[0]?.sentence, `On eno1 another DHCP server answers: at 192.168.1.1, hardware address ${MAC}.`);
});

test('one that goes first and does not serve yet is looked for again at once, and nothing else is', () => {
  const judged = (...evidence: Parameters<typeof saw>): boolean => isAboutToBeServed(decide(FACTS, OWN, saw(...evidence)));
  assert.equal(judged({ code: 'other-recon' }), true);
  assert.equal(judged({ code: 'other-recon', serves: true }), false);
  assert.equal(judged({ code: 'other-recon' }, { code: 'tagged-frames', mac: MAC, vlanId: 4 }), false);
  assert.equal(judged(), false);
});

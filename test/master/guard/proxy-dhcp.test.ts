import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../../../src/master/guard/classify.ts';
import { isConflict, judgeForProxyDhcp } from '../../../src/master/guard/proxy-dhcp.ts';
import type { Objection } from '../../../src/master/guard/reasons.ts';

const mac = '52:54:00:aa:bb:cc';
const POLICY = { wanted: 'one-server', address: '192.168.9.250', subnet: '192.168.9.0/24' } as const;
const server = (more: Partial<Extract<Evidence, { code: 'foreign-dhcp-server' }>> = {}): Evidence => ({
  code: 'foreign-dhcp-server',
  mac,
  address: '192.168.9.1',
  ...more,
});
const OFFER = server({ offered: '192.168.9.50' });
const TRAFFIC: Evidence = { code: 'foreign-traffic', mac, address: '192.168.9.7' };

const CASES: [what: string, evidence: Objection[], expected: string | string[]][] = [
  ['one server', [OFFER], '192.168.9.1'],
  [
    'one server, its NAK to our probe, hosts, a router',
    [server(), OFFER, TRAFFIC, { code: 'router-advertisement', mac, address: 'fe80::1' }],
    '192.168.9.1',
  ],
  ['one server behind two relays', [OFFER, server({ mac: '52:54:00:aa:bb:dd', offered: '192.168.9.51' })], '192.168.9.1'],
  ['a server that has a DHCPv6 side too', [OFFER, { code: 'foreign-dhcp6-server', mac, address: 'fe80::1' }], '192.168.9.1'],
  ['nobody', [], ['no-dhcp-server']],
  ['machines, but no server', [TRAFFIC], ['no-dhcp-server']],
  ['two servers', [OFFER, server({ address: '192.168.9.2' })], ['several-dhcp-servers']],
  ['a ProxyDHCP server as well', [OFFER, { code: 'foreign-pxe-server', mac, address: '192.168.9.3' }], ['foreign-pxe-server']],
  ['a server of another network', [server({ offered: '10.0.0.5' })], ['other-network']],
  ['a server that boots machines already', [server({ offered: '192.168.9.50', boots: true })], ['server-names-boot-file']],
  ['our address in use', [OFFER, { code: 'address-taken', mac, address: '192.168.9.250' }], ['address-taken']],
  ['a trunk port', [OFFER, { code: 'tagged-frames', mac, vlanId: 4 }], ['tagged-frames']],
  ['two cards of ours there', [OFFER, { code: 'same-segment', otherInterface: 'eno2' }], ['same-segment']],
];
for (const [what, evidence, expected] of CASES) {
  test(what, () => {
    const verdict = judgeForProxyDhcp(evidence, POLICY);
    assert.deepEqual('server' in verdict ? verdict.server : verdict.refusals.map(({ code }) => code), expected);
  });
}

test('while we serve beside it, that server may speak and nobody else', () => {
  assert.equal(isConflict(OFFER, '192.168.9.1'), false);
  assert.equal(isConflict(TRAFFIC, '192.168.9.1'), false);
  assert.equal(isConflict({ code: 'router-advertisement', mac, address: 'fe80::1' }, '192.168.9.1'), false);
  assert.equal(isConflict(server({ address: '192.168.9.2' }), '192.168.9.1'), true);
  assert.equal(isConflict(server({ boots: true }), '192.168.9.1'), true);
  assert.equal(isConflict({ code: 'foreign-pxe-server', mac, address: '192.168.9.3' }, '192.168.9.1'), true);
  assert.equal(isConflict({ code: 'address-taken', mac, address: '192.168.9.250' }, '192.168.9.1'), true);
});

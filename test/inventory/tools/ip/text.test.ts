import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { parseIp } from '../../../../src/inventory/tools/ip/ip.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';

const TEXT = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eno1: <BROADCAST,MULTICAST,SLAVE,UP,LOWER_UP> mtu 9000 qdisc mq master bond0 state UP group default qlen 1000
    link/ether 52:54:00:a1:00:01 brd ff:ff:ff:ff:ff:ff permaddr 52:54:00:a1:00:91
    altname enp59s0f0
3: eno2: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc mq state DOWN group default qlen 1000
    link/ether 52:54:00:a1:00:02 brd ff:ff:ff:ff:ff:ff
    inet 192.0.2.7/24 brd 192.0.2.255 scope global dynamic eno2
       valid_lft 86000sec preferred_lft 86000sec
    inet 198.51.100.1 peer 198.51.100.2/32 scope global eno2
       valid_lft forever preferred_lft forever
    inet6 2001:db8::7/64 scope global
       valid_lft forever preferred_lft forever
    inet6 fe80::5054:ff:fea1:2/64 scope link
       valid_lft forever preferred_lft forever
4: ib0: <BROADCAST,MULTICAST> mtu 4092 qdisc noop state DOWN group default qlen 256
    link/infiniband 80:00:00:29:fe:80:00:00:00:00:00:00:00:02:c9:03:00:a1:b2:c3 brd 00:ff:ff:ff:ff:12:40:1b:ff:ff:00:00:00:00:00:00:ff:ff:ff:ff
5: bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue master br0 state UP group default qlen 1000
    link/ether 52:54:00:a1:00:01 brd ff:ff:ff:ff:ff:ff
6: bond0.120@bond0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 52:54:00:a1:00:01 brd ff:ff:ff:ff:ff:ff
7: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 52:54:00:a1:00:01 brd ff:ff:ff:ff:ff:ff
8: veth12@if9: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 3a:54:00:a1:00:0a brd ff:ff:ff:ff:ff:ff link-netnsid 0
9: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN group default qlen 1000
    link/none
`;
const DETAILS: Readonly<Record<string, string>> = {
  bond0: '    bond mode 802.3ad miimon 100 updelay 0',
  'bond0.120': '    vlan protocol 802.1Q id 120 <REORDER_HDR>',
  br0: '    bridge forward_delay 1500 hello_time 200',
  veth12: '    veth numtxqueues 8 numrxqueues 8',
  wg0: '    wireguard numtxqueues 1',
  eno1: '    bond_slave state ACTIVE mii_status UP perm_hwaddr 52:54:00:a1:00:91 queue_id 0',
};
const WITH_DETAILS = TEXT.replaceAll(/^\d+: ([^:@\s]+).*\n {4}link.*\n/gm, (block, name: string) =>
  DETAILS[name] === undefined ? block : `${block}${DETAILS[name]}\n`,
);
const sectionsOf = (text: string) => normalise(fixtureCapture({ outputs: { 'ip-address': text } })).sections;

for (const [what, text] of [
  ['the text of ip address', TEXT],
  ['with CRLF', TEXT.replaceAll('\n', '\r\n')],
  ['with -details', WITH_DETAILS],
] as const) {
  test(`${what}: ports, bonds, VLANs and bridges`, () => {
    const { nics, network } = sectionsOf(text);
    assert.deepEqual(
      dataOf(nics).map(({ name, mac, permanentMac, linkUp, addresses }) => [name, mac, permanentMac, linkUp, addresses]),
      [
        ['eno1', '52:54:00:a1:00:01', '52:54:00:a1:00:91', true, undefined],
        ['eno2', '52:54:00:a1:00:02', undefined, false, ['192.0.2.7/24', '198.51.100.1/32', '2001:db8::7/64']],
        ['ib0', '80:00:00:29:fe:80:00:00:00:00:00:00:00:02:c9:03:00:a1:b2:c3', undefined, undefined, undefined],
      ],
    );
    const mode = text === WITH_DETAILS ? { mode: '802.3ad' } : {};
    assert.deepEqual(dataOf(network).bonds, [{ name: 'bond0', ...mode, members: ['eno1'] }]);
    assert.deepEqual(dataOf(network).vlans, [{ name: 'bond0.120', id: 120, link: 'bond0' }]);
    assert.deepEqual(dataOf(network).bridges, [{ name: 'br0', members: ['bond0'] }]);
  });
}

test('JSON without -details: the same is told from flags and names', () => {
  const rows = [...parseIp(Buffer.from(TEXT)).values()].map((found) => ({
    ifname: found.name,
    link_type: found.linkType,
    address: found.address,
    flags: found.flags,
    master: found.memberOf,
    link: found.link,
  }));
  assert.deepEqual(
    dataOf(sectionsOf(JSON.stringify(rows)).nics).map(({ name }) => name),
    ['eno1', 'eno2', 'ib0'],
  );
});

test('-oneline has the addresses in one file and the links in another', () => {
  const outputs = {
    'ip-address': '2: eno1    inet 192.0.2.7/24 brd 192.0.2.255 scope global eno1\\       valid_lft forever preferred_lft forever\n',
    'ip-link':
      '2: eno1: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT\\    link/ether 52:54:00:a1:00:01 brd ff:ff:ff:ff:ff:ff\n',
  };
  const [nic] = dataOf(normalise(fixtureCapture({ outputs })).sections.nics);
  assert.deepEqual([nic?.mac, nic?.linkUp, nic?.addresses], ['52:54:00:a1:00:01', true, ['192.0.2.7/24']]);
});

test('other texts name no interface', () => {
  for (const text of ['eno1: flags=4163<UP,BROADCAST>  mtu 1500\n', 'Device "eno7" does not exist.\n', '1: eins\n2: zwei\n'])
    assert.equal(parseIp(Buffer.from(text)).size, 0, text);
});

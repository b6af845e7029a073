import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type DnsmasqLine, parseDnsmasqLine } from '../../src/master/dnsmasq-log.ts';

/** Lines of dnsmasq 2.90 with log-dhcp, as it wrote them to stderr. */
const rows: [line: string, parsed: DnsmasqLine | undefined][] = [
  ['dnsmasq[23630]: started, version 2.90 cachesize 150', { kind: 'started' }],
  ['dnsmasq-dhcp[23630]: 1 vendor class: PXEClient:Arch:00000:UNDI:002001', undefined],
  [
    'dnsmasq-dhcp[23630]: 1 DHCPDISCOVER(rm0) 52:54:00:00:00:01 ',
    { kind: 'dhcp', stage: 'discover', interface: 'rm0', mac: '52:54:00:00:00:01' },
  ],
  [
    'dnsmasq-dhcp[23630]: 1 DHCPOFFER(rm0) 10.77.85.131 52:54:00:00:00:01 ',
    { kind: 'dhcp', stage: 'offer', interface: 'rm0', mac: '52:54:00:00:00:01', address: '10.77.85.131' },
  ],
  [
    'dnsmasq-dhcp[23630]: 3141592653 DHCPACK(rm0) 10.77.85.131 52:54:00:00:00:01 node7',
    { kind: 'dhcp', stage: 'ack', interface: 'rm0', mac: '52:54:00:00:00:01', address: '10.77.85.131' },
  ],
  [
    'dnsmasq-dhcp: DHCPREQUEST(eth0) 10.77.1.1 52:54:00:00:00:01',
    { kind: 'dhcp', stage: 'request', interface: 'eth0', mac: '52:54:00:00:00:01', address: '10.77.1.1' },
  ],
  ['dnsmasq-dhcp[23630]: 2 DHCPDISCOVER(rm0) 52:54:00:00:00:02 ignored', { kind: 'stranger', interface: 'rm0', mac: '52:54:00:00:00:02' }],
  [
    'dnsmasq-dhcp[1]: 2 DHCPDISCOVER(rm0) 52:54:00:00:00:02 no address available',
    { kind: 'dhcp', stage: 'discover', interface: 'rm0', mac: '52:54:00:00:00:02', detail: 'no address available' },
  ],
  [
    'dnsmasq-tftp[23630]: sent /tmp/m-dns/tftp/undionly.kpxe to 10.77.255.1',
    { kind: 'tftp', file: '/tmp/m-dns/tftp/undionly.kpxe', address: '10.77.255.1' },
  ],
  [
    'dnsmasq-tftp[23630]: file /tmp/m-dns/tftp/missing not found for 10.77.255.1',
    { kind: 'tftp-failed', detail: 'file /tmp/m-dns/tftp/missing not found', address: '10.77.255.1' },
  ],
  ['dnsmasq-dhcp[23630]: 1 sent size:  4 option: 51 lease-time  10m', undefined],
  [
    'dnsmasq: failed to create listening socket for port 53: Address already in use',
    { kind: 'fault', detail: 'failed to create listening socket for port 53: Address already in use' },
  ],
  ['something else', undefined],
];

for (const [line, parsed] of rows) {
  it(`reads: ${line}`, () => assert.deepEqual(parseDnsmasqLine(line), parsed));
}

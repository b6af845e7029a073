import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type DnsmasqLine, dnsmasqLogReader, parseDnsmasqLine } from '../../../../src/master/dhcp/dnsmasq/log.ts';

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
    'dnsmasq-dhcp[1]: 2 DHCPREQUEST(rm0) 10.77.1.9 52:54:00:00:00:02 no leases left',
    { kind: 'dhcp', stage: 'request', interface: 'rm0', mac: '52:54:00:00:00:02', address: '10.77.1.9', detail: 'no leases left' },
  ],
  [
    'dnsmasq-dhcp[1]: 2 DHCPREQUEST(rm0) 10.77.1.9 52:54:00:00:00:02 address in use',
    { kind: 'dhcp', stage: 'request', interface: 'rm0', mac: '52:54:00:00:00:02', address: '10.77.1.9', detail: 'address in use' },
  ],
  [
    'dnsmasq-dhcp[1]: DHCPREQUEST(rm0) 10.99.1.9 52:54:00:00:00:02 wrong network',
    { kind: 'dhcp', stage: 'request', interface: 'rm0', mac: '52:54:00:00:00:02', address: '10.99.1.9', detail: 'wrong network' },
  ],
  [
    'dnsmasq-dhcp[1]: 2 no address range available for DHCP request via rm0',
    { kind: 'fault', detail: '2 no address range available for DHCP request via rm0' },
  ],
  ['dnsmasq-dhcp[1]: 2 DHCPNAK(rm0) 10.77.1.9 52:54:00:00:00:02 wrong address', undefined],
  [
    'dnsmasq-tftp[23630]: failed sending /tmp/m-dns/tftp/undionly.kpxe to 10.77.255.1',
    { kind: 'tftp-failed', detail: 'failed sending /tmp/m-dns/tftp/undionly.kpxe', address: '10.77.255.1' },
  ],
  [
    'dnsmasq-tftp[23630]: sent /tmp/m-dns/tftp/undionly.kpxe to 10.77.255.1',
    { kind: 'tftp', file: '/tmp/m-dns/tftp/undionly.kpxe', address: '10.77.255.1' },
  ],
  [
    'dnsmasq-tftp[23630]: file /tmp/m-dns/tftp/missing not found for 10.77.255.1',
    { kind: 'tftp-failed', detail: 'file /tmp/m-dns/tftp/missing not found', address: '10.77.255.1' },
  ],
  ...['revocations_sku.efi', 'revocations_sbat.efi', 'shim_certificate_0.efi', 'grub/grub.cfg-01-52-54-00-00-00-01', 'autoexec.ipxe'].map(
    (file): [string, undefined] => [`dnsmasq-tftp[23630]: file /usr/lib/recon/loaders/${file} not found for 10.77.255.1`, undefined],
  ),
  ['dnsmasq-tftp[23630]: sent /usr/lib/recon/loaders/grub/x86_64-efi/fs.lst to 10.77.255.1', undefined],
  [
    'dnsmasq-tftp[23630]: file /usr/lib/recon/loaders/grubx64.efi not found for 10.77.255.1',
    { kind: 'tftp-failed', detail: 'file /usr/lib/recon/loaders/grubx64.efi not found', address: '10.77.255.1' },
  ],
  ['dnsmasq-dhcp[23630]: 1 sent size:  4 option: 51 lease-time  10m', undefined],
  [
    'dnsmasq: failed to create listening socket for port 53: Address already in use',
    { kind: 'fault', detail: 'failed to create listening socket for port 53: Address already in use' },
  ],
  [
    'dnsmasq-dhcp[8462]: 2 PXE(eth0) 52:54:00:00:00:02 proxy',
    { kind: 'dhcp', stage: 'offer', interface: 'eth0', mac: '52:54:00:00:00:02', detail: 'ProxyDHCP' },
  ],
  [
    'dnsmasq-dhcp[8462]: 2 PXE(eth0) 192.168.9.9 52:54:00:00:00:02 snponly.efi',
    {
      kind: 'dhcp',
      stage: 'ack',
      interface: 'eth0',
      mac: '52:54:00:00:00:02',
      address: '192.168.9.9',
      detail: 'address from another DHCP server',
    },
  ],
  ['dnsmasq-dhcp[8462]: 4 PXE(eth0) 52:54:00:00:00:04 proxy-ignored', { kind: 'stranger', interface: 'eth0', mac: '52:54:00:00:00:04' }],
  ['dnsmasq-dhcp[7161]: 66049 DHCPSOLICIT(eth0) 00:03:00:01:52:54:00:00:00:02 ignored', undefined],
  ['something else', undefined],
];

for (const [line, parsed] of rows) {
  it(`reads: ${line}`, () => assert.deepEqual(parseDnsmasqLine(line), parsed));
}

const machine = { interface: 'eth0', mac: '52:54:00:00:00:01' };
const ignored: [vendorClass: string | undefined, parsed: DnsmasqLine][] = [
  ['PXEClient:Arch:00011:UNDI:003016', { kind: 'unanswered', ...machine, architecture: 11 }],
  ['HTTPClient:Arch:00019:UNDI:003016', { kind: 'unanswered', ...machine, architecture: 19 }],
  ['PXEClient', { kind: 'unanswered', ...machine }],
  ['MSFT 5.0', { kind: 'stranger', ...machine }],
  [undefined, { kind: 'stranger', ...machine }],
];
for (const [vendorClass, parsed] of ignored) {
  it(`an ignored machine with ${vendorClass ?? 'no vendor class'} is ${parsed.kind}`, () => {
    const read = dnsmasqLogReader();
    assert.equal(read('dnsmasq-dhcp[1]: 8 vendor class: PXEClient:Arch:00077'), undefined);
    if (vendorClass !== undefined) assert.equal(read(`dnsmasq-dhcp[1]: 7 vendor class: ${vendorClass}`), undefined);
    assert.deepEqual(read('dnsmasq-dhcp[1]: 7 DHCPDISCOVER(eth0) 52:54:00:00:00:01 ignored'), parsed);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Objection, objectionReason } from '../../../src/master/guard/reasons.ts';

const mac = '52:54:00:aa:bb:cc';
const address = '192.168.1.1';
const REPLUG = 'then unplug the cable here and plug it in again.';

/** What the person at the screen reads: what is there, and what to do. */
const rows: readonly [objection: Objection, sentence: string, hint: string][] = [
  [
    { code: 'foreign-dhcp-server', mac, address },
    `On eno1 another DHCP server answers: at ${address}, hardware address ${mac}.`,
    `Move this cable to a switch of its own, or take that server off the segment, ${REPLUG}`,
  ],
  [
    { code: 'foreign-dhcp-server', mac, address: undefined },
    `On eno1 another DHCP server answers: of unknown address, hardware address ${mac}.`,
    `Move this cable to a switch of its own, or take that server off the segment, ${REPLUG}`,
  ],
  [
    { code: 'foreign-pxe-server', mac, address },
    `On eno1 another network-boot server (ProxyDHCP) answers: at ${address}, hardware address ${mac}.`,
    `Move this cable to a switch of its own, or stop that server, ${REPLUG}`,
  ],
  [
    { code: 'foreign-pxe-server', mac, address: undefined },
    `On eno1 another network-boot server (ProxyDHCP) answers: of unknown address, hardware address ${mac}.`,
    `Move this cable to a switch of its own, or stop that server, ${REPLUG}`,
  ],
  [
    { code: 'foreign-dhcp6-server', mac, address: 'fe80::1' },
    `On eno1 another DHCPv6 server answers: at fe80::1, hardware address ${mac}.`,
    `Move this cable to a switch of its own, or take that server off the segment, ${REPLUG}`,
  ],
  [
    { code: 'address-taken', mac, address },
    `On eno1 somebody else has our address ${address}: hardware address ${mac}.`,
    `Set another address that is free there, ${REPLUG}`,
  ],
  [
    { code: 'tagged-frames', mac, vlanId: 30 },
    `On eno1 there are frames of VLAN 30 (from ${mac}): this port belongs to a larger network.`,
    `Use a switch port without VLANs (an access port), ${REPLUG}`,
  ],
  [
    { code: 'router-advertisement', mac, address: 'fe80::1' },
    `On eno1 an IPv6 router announces itself: fe80::1, hardware address ${mac}.`,
    `Take the router off the segment, or use a switch of its own, ${REPLUG}`,
  ],
  [
    { code: 'foreign-traffic', mac, address },
    `On eno1 a machine uses an address that is not from here: ${address}, hardware address ${mac}.`,
    `Take that machine off the segment, or use a switch of its own, ${REPLUG}`,
  ],
  [
    { code: 'same-segment', otherInterface: 'eno2' },
    'eno1 is on the same segment as eno2 of this machine, which serves it.',
    'Nothing to do: the segment is served once.',
  ],
  [
    { code: 'default-route' },
    'eno1 leads to another network: this machine has its default route there.',
    'Use another interface for the segment to be inventoried.',
  ],
  [
    { code: 'foreign-lease', address, prefixLength: 24, dynamic: true },
    `eno1 has an address that somebody gave it: ${address}/24.`,
    `Use another interface, or remove the address, ${REPLUG}`,
  ],
  [
    { code: 'foreign-lease', address, prefixLength: 24, dynamic: false },
    `eno1 has an address of another network: ${address}/24.`,
    `Use another interface, or remove the address, ${REPLUG}`,
  ],
  [
    { code: 'bmc-usb-nic', driver: 'cdc_ether' },
    "eno1 is the link to this machine's own BMC (driver cdc_ether), not a network.",
    'Nothing to do: there are no machines behind it.',
  ],
  [
    { code: 'bmc-usb-nic', driver: undefined },
    "eno1 is the link to this machine's own BMC, not a network.",
    'Nothing to do: there are no machines behind it.',
  ],
  [
    { code: 'link-flaps', losses: 4 },
    'The link of eno1 comes and goes: lost 4 times within a minute.',
    'Try another cable, transceiver or switch port. It is looked at again once the link holds for a minute.',
  ],
  [
    { code: 'no-dhcp-server', subnet: '192.168.1.0/24' },
    'On eno1 no DHCP server answers for 192.168.1.0/24.',
    `Mode proxy-dhcp needs the DHCP server of that network: check the cable, or set mode own-dhcp, ${REPLUG}`,
  ],
  [
    { code: 'several-dhcp-servers', servers: [address, '192.168.1.2'] },
    `On eno1 several DHCP servers answer: ${address}, 192.168.1.2.`,
    'Only beside one DHCP server it is clear what machines get. Enter the boot files into those servers instead.',
  ],
  [
    { code: 'other-network', offered: '10.0.0.5', subnet: '192.168.1.0/24' },
    'On eno1 the DHCP server gives 10.0.0.5, which is not in 192.168.1.0/24.',
    'Set the address to one of this network, or use the interface of the other one.',
  ],
  [
    { code: 'server-names-boot-file', server: address },
    `On eno1 the DHCP server ${address} names a boot file of its own.`,
    `Take the boot file out of that server's settings, or let it name ours, ${REPLUG}`,
  ],
  [
    { code: 'probe-failed', why: 'tcpdump is not installed' },
    'It is not known what is on eno1: tcpdump is not installed.',
    'It is tried again every minute; until then this segment gets no service.',
  ],
];
for (const [objection, sentence, hint] of rows) {
  test(sentence, () => assert.deepEqual(objectionReason('eno1', objection), { code: objection.code, sentence, hint }));
}

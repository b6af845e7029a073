import type { Evidence } from './classify.ts';

/** Everything that speaks against serving an interface. */
export type Objection =
  | Evidence
  | { code: 'same-segment'; otherInterface: string }
  | { code: 'default-route' }
  | { code: 'foreign-lease'; address: string; prefixLength: number; dynamic: boolean }
  | { code: 'bmc-usb-nic'; driver: string | undefined }
  | { code: 'link-flaps'; losses: number }
  | { code: 'no-dhcp-server'; subnet: string }
  | { code: 'several-dhcp-servers'; servers: readonly string[] }
  | { code: 'other-network'; offered: string; subnet: string }
  | { code: 'server-names-boot-file'; server: string }
  | { code: 'probe-failed'; why: string };

export type ReasonCode = Objection['code'];

/** Why an interface stays silent, for programs and for the person at the screen. */
export interface Reason {
  code: ReasonCode;
  /** what was found, and where */
  sentence: string;
  /** what the person can do */
  hint: string;
  /** of another machine like us: it serves the segment already */
  serves?: true;
}

/** Puts a finding on an interface into words. */
export function objectionReason(interfaceName: string, finding: Objection): Reason {
  const serves = finding.code === 'other-recon' && finding.serves === true ? ({ serves: true } as const) : {};
  return { code: finding.code, sentence: sentenceOf(interfaceName, finding), hint: hintOf(finding), ...serves };
}

const REPLUG = 'then unplug the cable here and plug it in again';

const HINTS: Record<ReasonCode, string> = {
  'foreign-dhcp-server': `Move this cable to a switch of its own, or take that server off the segment, ${REPLUG}.`,
  'foreign-pxe-server': `Move this cable to a switch of its own, or stop that server, ${REPLUG}.`,
  'foreign-dhcp6-server': `Move this cable to a switch of its own, or take that server off the segment, ${REPLUG}.`,
  'address-taken': `Set another address that is free there, ${REPLUG}.`,
  'range-used': `Set a subnet in recon.yaml that nobody uses there, or take that machine off the segment, ${REPLUG}.`,
  'other-recon': 'Nothing to do: one is enough there. It is looked at every minute, in case that one ends.',
  'tagged-frames': `Use a switch port without VLANs (an access port), ${REPLUG}.`,
  'router-advertisement': `Take the router off the segment, or use a switch of its own, ${REPLUG}.`,
  'foreign-traffic': `Take that machine off the segment, or use a switch of its own, ${REPLUG}.`,
  'same-segment': 'Nothing to do: the segment is served once.',
  'default-route': 'Use another interface for the segment to be inventoried.',
  'foreign-lease': `Use another interface, or remove the address, ${REPLUG}.`,
  'bmc-usb-nic': 'Nothing to do: there are no machines behind it.',
  'link-flaps': 'Try another cable, transceiver or switch port. It is looked at again once the link holds for a minute.',
  'no-dhcp-server': `Mode proxy-dhcp needs the DHCP server of that network: check the cable, or set mode own-dhcp, ${REPLUG}.`,
  'several-dhcp-servers': `Only beside one DHCP server it is clear what machines get. Enter the boot files into those servers instead.`,
  'other-network': `Set the address to one of this network, or use the interface of the other one.`,
  'server-names-boot-file': `Take the boot file out of that server's settings, or let it name ours, ${REPLUG}.`,
  'probe-failed': 'It is tried again every minute; until then this segment gets no service.',
};

function hintOf(finding: Objection): string {
  if (finding.code === 'other-recon' && finding.yields === true)
    return 'Nothing to do: one is enough there. That one begins by itself when this one ends.';
  return HINTS[finding.code];
}

function sentenceOf(name: string, finding: Objection): string {
  switch (finding.code) {
    case 'foreign-dhcp-server': {
      const where = finding.address === undefined ? 'of unknown address' : `at ${finding.address}`;
      return `On ${name} another DHCP server answers: ${where}, hardware address ${finding.mac}.`;
    }
    case 'foreign-pxe-server': {
      const where = finding.address === undefined ? 'of unknown address' : `at ${finding.address}`;
      return `On ${name} another network-boot server (ProxyDHCP) answers: ${where}, hardware address ${finding.mac}.`;
    }
    case 'foreign-dhcp6-server':
      return `On ${name} another DHCPv6 server answers: at ${finding.address}, hardware address ${finding.mac}.`;
    case 'address-taken':
      return `On ${name} somebody else has our address ${finding.address}: hardware address ${finding.mac}.`;
    case 'range-used':
      return `On ${name} somebody has ${finding.address} already, of the range that would be served: hardware address ${finding.mac}.`;
    case 'link-flaps':
      return `The link of ${name} comes and goes: lost ${finding.losses} times within a minute.`;
    case 'no-dhcp-server':
      return `On ${name} no DHCP server answers for ${finding.subnet}.`;
    case 'several-dhcp-servers':
      return `On ${name} several DHCP servers answer: ${finding.servers.join(', ')}.`;
    case 'other-network':
      return `On ${name} the DHCP server gives ${finding.offered}, which is not in ${finding.subnet}.`;
    case 'server-names-boot-file':
      return `On ${name} the DHCP server ${finding.server} names a boot file of its own.`;
    case 'other-recon':
      if (finding.yields === true) return `On ${name} there is another Recon master, which leaves the segment to this one.`;
      return `On ${name} there is another Recon master, and ${finding.serves === true ? 'it serves the segment' : 'it goes first'}.`;
    case 'tagged-frames':
      return `On ${name} there are frames of VLAN ${finding.vlanId} (from ${finding.mac}): this port belongs to a larger network.`;
    case 'router-advertisement':
      return `On ${name} an IPv6 router announces itself: ${finding.address}, hardware address ${finding.mac}.`;
    case 'foreign-traffic':
      return `On ${name} a machine uses an address that is not from here: ${finding.address}, hardware address ${finding.mac}.`;
    case 'same-segment':
      return `${name} is on the same segment as ${finding.otherInterface} of this machine, which serves it.`;
    case 'default-route':
      return `${name} leads to another network: this machine has its default route there.`;
    case 'foreign-lease':
      return `${name} has an address ${finding.dynamic ? 'that somebody gave it' : 'of another network'}: ${finding.address}/${finding.prefixLength}.`;
    case 'bmc-usb-nic':
      return `${name} is the link to this machine's own BMC${finding.driver === undefined ? '' : ` (driver ${finding.driver})`}, not a network.`;
    case 'probe-failed':
      return `It is not known what is on ${name}: ${finding.why}.`;
  }
}

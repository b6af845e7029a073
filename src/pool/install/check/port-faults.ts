import type { ListenAddress } from '../../public/listen-address.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import type { HeadFault } from './head-fault.ts';

/** A socket that waits. */
export interface Listener {
  protocol: 'udp' | 'tcp';
  /** `*` for all */
  address: string;
  /** it waits on this interface alone */
  interface?: string;
  port: number;
  program?: string;
  pid?: number;
}

/** Of what ss(8) says with `-H -lntup`. Pure; lines that do not fit are left out. */
export function parseListeners(text: string): Listener[] {
  return text.split('\n').flatMap((line): Listener[] => {
    const [protocol, , , , local = ''] = line.trim().split(/\s+/);
    const found = /^(.*):(\d+)$/.exec(local);
    if ((protocol !== 'udp' && protocol !== 'tcp') || found === null) return [];
    const [where = '', zone] = (found[1] ?? '').split('%');
    const address = where.replace(/^\[(.*)\]$/, '$1');
    const owner = /users:\(\("([^"]*)",pid=(\d+)/.exec(line);
    return [
      {
        protocol,
        address: ['0.0.0.0', '::', ''].includes(address) ? '*' : address,
        ...(zone === undefined ? {} : { interface: zone.replace(/\]$/, '') }),
        port: Number(found[2]),
        ...(owner === null ? {} : { program: owner[1] ?? '', pid: Number(owner[2]) }),
      },
    ];
  });
}

/** Ports that head.yaml may say otherwise. */
export interface HeadPorts {
  http: number;
  /** missing: people come over the socket alone */
  people?: ListenAddress;
}

interface WantedPort extends Pick<Listener, 'protocol' | 'port'> {
  what: string;
  /** binds every address and answers on its own only, so nobody else may have that port at all */
  isEverywhere?: true;
  /** binds this one */
  at?: string;
}

const PRIVATE: readonly WantedPort[] = [
  { protocol: 'udp', port: 53, what: 'DNS' },
  { protocol: 'tcp', port: 53, what: 'DNS' },
  { protocol: 'udp', port: 67, what: 'DHCP' },
  { protocol: 'udp', port: 69, what: 'TFTP' },
  { protocol: 'udp', port: 547, what: 'DHCPv6' },
];

/** What a head node waits on. */
function wantedPorts({ http, people }: HeadPorts): WantedPort[] {
  const where = people?.address === undefined ? { isEverywhere: true as const } : { at: people.address };
  return [
    ...PRIVATE,
    { protocol: 'tcp', port: http, what: 'HTTP', isEverywhere: true },
    ...(people === undefined ? [] : [{ protocol: 'tcp' as const, port: people.port, what: 'HTTPS', ...where }]),
  ];
}

interface PortsAsked {
  interface: string;
  addresses: readonly string[];
  ports: HeadPorts;
  isOurs: (pid: number) => boolean;
}

/** Who has a port that the head needs, on the private side or for people. `addresses`: those of the private interface. Pure. */
export function portFaults(listeners: readonly Listener[], { interface: name, addresses, ports, isOurs }: PortsAsked): HeadFault[] {
  const faults = new Map<string, HeadFault>();
  for (const { protocol, port, what, isEverywhere, at } of wantedPorts(ports)) {
    for (const one of listeners) {
      if (one.protocol !== protocol || one.port !== port || (one.pid !== undefined && isOurs(one.pid))) continue;
      const ours = at === undefined ? addresses : [at];
      const isThere = one.interface === undefined ? one.address === '*' || ours.includes(one.address) : one.interface === name;
      if (!isThere && isEverywhere !== true) continue;
      const who = one.program ?? 'a program of the kernel, or of somebody else';
      const where = what === 'HTTPS' ? 'HTTPS for page and commands' : `${what} on ${name}`;
      const message = `${where} needs ${protocol} port ${port}, and ${who} has it${one.pid === undefined ? '' : ` (process ${one.pid})`}.`;
      faults.set(message, { code: 'port-used', message, hint: hintFor(what, one, name), weight: 'stops' });
    }
  }
  const client = listeners.find(({ port, interface: zone, address }) => port === 68 && (zone === name || addresses.includes(address)));
  if (client !== undefined) {
    const message = `A DHCP client runs on ${name}: ${client.program ?? 'unknown'}.`;
    faults.set(message, { code: 'manager', message, hint: `Take ${name} out of what starts it, and end it.`, weight: 'stops' });
  }
  return [...faults.values()];
}

/** Programs that are known to take these ports, and how they are told to leave them. */
function hintFor(what: string, { program = '', port }: Listener, inside: string): string {
  if (program === 'dnsmasq')
    return 'systemctl disable --now dnsmasq; of a hypervisor: its network is on another interface, let it bind to that one.';
  if (program.startsWith('systemd-resolve'))
    return 'Write DNSStubListener=no into /etc/systemd/resolved.conf, then: systemctl restart systemd-resolved';
  if (program === '') return `ss -lntup 'sport = :${port}' says what waits there.`;
  if (what === 'HTTP') return `Let ${program} wait on another port, or stop it: the head's HTTP port is ${port}.`;
  if (what === 'HTTPS')
    return `Stop ${program}, or let people come in on another port: peopleListen: 8443 in ${INSTALL_PLACES.settings} (where there is no such file yet: with a line interface: ${inside}).`;
  return `Stop ${program}, or let it wait on other interfaces only.`;
}

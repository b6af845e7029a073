import { fileHead } from '../about-machine.ts';
import type { TextFormat } from '../format.ts';
import { type Reservation, reservationsOf } from '../reservations.ts';

const HOW_TO = ['Use: include "/etc/dhcp/dhcpd-hosts.conf"; at the end of dhcpd.conf, check with dhcpd -t, restart dhcpd.'];

/** `host` declarations (dhcpd.conf(5)). */
export const ISC_DHCPD: TextFormat = {
  name: 'isc-dhcpd',
  about: 'host declarations for the ISC DHCP server',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'dhcpd-hosts.conf';
    yield { file, text: fileHead('Names and addresses by MAC address, for the ISC DHCP server.', visit, HOW_TO) };
    for await (const machine of machines) for (const one of reservationsOf(machine)) yield { file, text: declaration(one) };
  },
};

function declaration({ name, mac, address, about }: Reservation): string {
  const statements = [
    `hardware ethernet ${mac};`,
    `option host-name "${name}";`,
    ...(address === undefined ? [] : [`fixed-address ${address};`]),
  ];
  return [`# ${about}`, `host ${name} {`, ...statements.map((statement) => `  ${statement}`), '}', ''].join('\n');
}

import { aboutVisit } from './about-machine.ts';
import type { ExportFormat } from './export-format.ts';
import { reservationsOf } from './reservations.ts';

/** `dhcp-host` lines (dnsmasq(8)). */
export const DNSMASQ: ExportFormat = {
  name: 'dnsmasq',
  about: 'dhcp-host lines for dnsmasq',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'dnsmasq-hosts.conf';
    yield { file, text: `# ${aboutVisit(visit)}\n` };
    for await (const machine of machines) {
      for (const { name, mac, address, about } of reservationsOf(machine)) {
        yield { file, text: `# ${about}\ndhcp-host=${[mac, name, ...(address === undefined ? [] : [address])].join(',')}\n` };
      }
    }
  },
};

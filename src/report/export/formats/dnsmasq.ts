import { fileHead } from '../about-machine.ts';
import type { TextFormat } from '../format.ts';
import { reservationsOf } from '../reservations.ts';

const HOW_TO = ['Use: put it below /etc/dnsmasq.d/, check with dnsmasq --test, restart dnsmasq. It needs a dhcp-range of yours.'];

/** `dhcp-host` lines (dnsmasq(8)). */
export const DNSMASQ: TextFormat = {
  name: 'dnsmasq',
  about: 'dhcp-host lines for dnsmasq',
  shape: 'file',
  async *write(machines, visit) {
    const file = 'dnsmasq-hosts.conf';
    yield { file, text: fileHead('Names and addresses by MAC address, for dnsmasq.', visit, HOW_TO) };
    for await (const machine of machines) {
      for (const { name, mac, address, about } of reservationsOf(machine)) {
        yield { file, text: `# ${about}\ndhcp-host=${[mac, name, ...(address === undefined ? [] : [address])].join(',')}\n` };
      }
    }
  },
};

import { plainJson } from '../../../domain/values/plain-json.ts';
import type { TextFormat } from '../format.ts';
import { reservationsOf } from '../reservations.ts';

/** A JSON list of host reservations, to be included in the configuration of Kea's DHCPv4 server. */
export const KEA: TextFormat = {
  name: 'kea',
  about: "a list of host reservations for Kea's DHCPv4 server",
  shape: 'file',
  async *write(machines) {
    const file = 'kea-reservations.json';
    let separator = '[\n';
    for await (const machine of machines) {
      for (const { name, mac, address, about } of reservationsOf(machine)) {
        const one = { 'hw-address': mac, hostname: name, ...(address === undefined ? {} : { 'ip-address': address }) };
        yield { file, text: `${separator}  ${plainJson({ ...one, 'user-context': { machine: about } })}` };
        separator = ',\n';
      }
    }
    yield { file, text: separator === '[\n' ? '[]\n' : '\n]\n' };
  },
};

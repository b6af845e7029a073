import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { aboutMachine } from './about-machine.ts';
import type { ExportMachine } from './machine.ts';

/** A fixed name, and an address where one is known, for a MAC address. All words are safe in any configuration. */
export interface Reservation {
  name: string;
  mac: MacAddress;
  address?: string;
  /** one line of printable ASCII */
  about: string;
}

/** The reservations of a machine: for the port that it boots from, and for its BMC with the address that it has. */
export function reservationsOf(machine: ExportMachine): Reservation[] {
  const { name, mac, address, bmc } = machine;
  const about = aboutMachine(machine);
  const own: Reservation = { name, mac, about, ...definedOnly({ address }) };
  // DHCP servers refuse a configuration with one address twice
  if (bmc?.mac === undefined || !bmc.isUnique) return [own];
  return [own, { name: bmc.name, mac: bmc.mac, about: `BMC of ${name}`, ...definedOnly({ address: bmc.address }) }];
}

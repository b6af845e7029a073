import type { IdentityKey } from '../../domain/record/identity.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { isOtherMachine } from '../../judge/identity/other-machine.ts';
import { madeAddress } from '../../records/made-address.ts';

interface Keyed {
  keys: readonly IdentityKey[];
}

/** The records of one address by machine, each with its newest first: an adapter goes from machine to machine, and a card into the next one. */
export function byMachine<T extends Keyed>(newestFirst: readonly T[]): T[][] {
  const machines: T[][] = [];
  for (const record of newestFirst) {
    const own = machines.find(([newest]) => newest !== undefined && !isOtherMachine(record.keys, newest.keys));
    if (own === undefined) machines.push([record]);
    else own.push(record);
  }
  return machines;
}

/** The address that a machine is listed under whose address another one has in a newer record: a port of its own, as a master chooses, or one made of its numbers. */
export function addressBeside(taken: ReadonlySet<MacAddress>, asked: MacAddress, { keys }: Keyed): MacAddress {
  const ports = keys.filter(({ kind, value }) => kind === 'nic' && value.length === asked.length).map(({ value }) => value);
  return ports.find((port) => !taken.has(port)) ?? madeAddress(keys, (mac) => taken.has(mac));
}

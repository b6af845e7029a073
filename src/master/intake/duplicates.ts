import type { NodeSummary } from '../../domain/api.ts';
import type { IdentityKey } from '../../domain/record/identity.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { sameMachine } from '../../judge/identity/same-machine.ts';

export type Duplicate = NonNullable<NodeSummary['duplicates']>[number];

export interface Duplicates {
  /** a machine has a new record with these keys */
  note(mac: MacAddress, keys: readonly IdentityKey[]): void;
  of(mac: MacAddress): readonly Duplicate[];
}

/** A key that so many machines have tells nothing. */
const SHARED_BY_MOST = 40;

/** Keeps who shares a key with whom, brought up to date by each record that comes in, so that nobody has to compare when asked. */
export function openDuplicates(): Duplicates {
  const keysOf = new Map<MacAddress, readonly IdentityKey[]>();
  const holders = new Map<string, Set<MacAddress>>();
  const found = new Map<MacAddress, Map<MacAddress, Duplicate>>();
  const nameOf = ({ kind, value }: IdentityKey): string => `${kind} ${value}`;

  const forget = (mac: MacAddress): void => {
    for (const key of keysOf.get(mac) ?? []) holders.get(nameOf(key))?.delete(mac);
    for (const other of found.get(mac)?.keys() ?? []) found.get(other)?.delete(mac);
    found.delete(mac);
  };
  const pair = (mac: MacAddress, other: MacAddress, verdict: Duplicate['verdict']): void => {
    found.set(mac, (found.get(mac) ?? new Map<MacAddress, Duplicate>()).set(other, { mac: other, verdict }));
  };

  return {
    note: (mac, keys) => {
      forget(mac);
      keysOf.set(mac, keys);
      const sharing = keys.map((key) => holders.get(nameOf(key))).filter((set) => set !== undefined && set.size <= SHARED_BY_MOST);
      for (const other of new Set(sharing.flatMap((set) => [...(set ?? [])]))) {
        const { verdict } = sameMachine(keys, keysOf.get(other) ?? []);
        pair(mac, other, verdict);
        pair(other, mac, verdict);
      }
      for (const key of keys) holders.set(nameOf(key), (holders.get(nameOf(key)) ?? new Set()).add(mac));
    },
    of: (mac) => [...(found.get(mac)?.values() ?? [])],
  };
}

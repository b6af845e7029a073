import { createHash } from 'node:crypto';
import type { IdentityKey } from '../domain/record/identity.ts';
import { type MacAddress, macFromBytes } from '../domain/values/mac.ts';

/** An address that a machine without a free one of its own is listed under, from its numbers. Locally administered (IEEE 802, second bit of the first byte): no card has it from its maker. */
export function madeAddress(keys: readonly IdentityKey[], isTaken: (mac: MacAddress) => boolean): MacAddress {
  const text = keys.map(({ kind, value }) => `${kind} ${value}`).join('\n');
  for (let number = 0; ; number += 1) {
    const digest = createHash('sha256').update(`${number} ${text}`).digest();
    const mac = macFromBytes(Uint8Array.of(0x02, ...digest.subarray(0, 5)));
    if (!isTaken(mac)) return mac;
  }
}

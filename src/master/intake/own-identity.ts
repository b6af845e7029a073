import type { IdentityKey } from '../../domain/record/identity.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { isOtherMachine } from '../../judge/identity/other-machine.ts';
import { sameMachine } from '../../judge/identity/same-machine.ts';
import { madeAddress } from '../../records/made-address.ts';
import type { StoredRevisions } from './stored-revisions.ts';

/**
 * The address that a machine's record is listed under. It is the one that the machine booted from, unless another machine's record stands there: then it is the one that
 * this machine had at its last record, else one of its own ports, else one that is made of its numbers. So both keep their record and receipt.
 */
export function ownIdentity(
  asked: MacAddress,
  keys: readonly IdentityKey[],
  revisions: Pick<StoredRevisions, 'latestOf' | 'cameBy' | 'portOwner'>,
): MacAddress {
  const isTaken = (mac: MacAddress): boolean => {
    const stored = revisions.latestOf(mac);
    // what anybody may have sent gives way to whoever has the lease
    return stored !== undefined && stored.receipt?.unleased !== true && isOtherMachine(keys, stored.facts.keys);
  };
  if (!isTaken(asked)) return asked;
  const before = revisions.cameBy(asked).find(({ facts }) => !isOtherMachine(keys, facts.keys));
  if (before !== undefined) return before.mac;
  const ports = keys
    .filter(({ kind, value }) => kind === 'nic' && value.length === asked.length && value !== asked)
    .map(({ value }) => value);
  const known = ports
    .map((port) => revisions.portOwner(port))
    .find((one) => one !== undefined && sameMachine(keys, one.facts.keys).verdict === 'same');
  if (known !== undefined) return known.mac;
  const own = ports.find((port) => revisions.latestOf(port) === undefined && revisions.portOwner(port) === undefined);
  return own ?? madeAddress(keys, isTaken);
}

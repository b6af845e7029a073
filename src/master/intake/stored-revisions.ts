import type { MacAddress } from '../../domain/values/mac.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import { type Duplicate, openDuplicates } from './duplicates.ts';

/** What is stored, as it is kept in memory: all revisions of each machine, and who shares a network port or a number with whom. */
export interface StoredRevisions {
  /** takes in one more revision, newer than those of its machine before */
  keep(revision: StoredRevision): void;
  /**
   * Goes on with what was found on a medium that was away. Gives the newest revisions that had a receipt and are not there any more, or are there
   * otherwise than they were stored.
   */
  become(found: readonly StoredRevision[]): StoredRevision[];
  /** of one machine, oldest first */
  of(mac: MacAddress): readonly StoredRevision[];
  latestOf(mac: MacAddress): StoredRevision | undefined;
  /** newest revision of each machine */
  latest(): StoredRevision[];
  /** the newest revision of the machine that has this network port, when it was given a receipt */
  acknowledged(port: MacAddress): StoredRevision | undefined;
  /** the newest revisions with a receipt that may be of the machine behind this port: its own, and those whose records name it or came by it */
  candidates(port: MacAddress): StoredRevision[];
  /** newest revisions that were sent under this address, and are listed under another */
  cameBy(mac: MacAddress): StoredRevision[];
  /** the newest revision of the machine whose record names this port */
  portOwner(port: MacAddress): StoredRevision | undefined;
  /** other machines whose newest record has a key of this one's */
  duplicatesOf(mac: MacAddress): readonly Duplicate[];
}

/** Begins with what an earlier run left. */
export function storedRevisions(found: readonly StoredRevision[]): StoredRevisions {
  const revisions = new Map<MacAddress, StoredRevision[]>();
  let duplicates = openDuplicates();
  /** network port → the machine whose record names it */
  const portOwners = new Map<MacAddress, MacAddress>();
  /** address → those that were sent under it, and have another identity */
  const guests = new Map<MacAddress, Set<MacAddress>>();
  const latestOf = (mac: MacAddress): StoredRevision | undefined => revisions.get(mac)?.at(-1);
  const keep = (revision: StoredRevision): void => {
    // one that was on its way while the medium was looked through is found there too
    const others = (revisions.get(revision.mac) ?? []).filter((one) => one.revision !== revision.revision);
    revisions.set(revision.mac, [...others, revision]);
    duplicates.note(revision.mac, revision.facts.keys);
    for (const { kind, value } of revision.facts.keys) if (kind === 'nic') portOwners.set(value, revision.mac);
    const cameBy = revision.receipt?.cameBy;
    if (cameBy !== undefined) guests.set(cameBy, (guests.get(cameBy) ?? new Set()).add(revision.mac));
  };
  const latest = (): StoredRevision[] => [...revisions.values()].flatMap((list) => list.at(-1) ?? []);
  const cameBy = (mac: MacAddress): StoredRevision[] => [...(guests.get(mac) ?? [])].flatMap((guest) => latestOf(guest) ?? []);
  const portOwner = (port: MacAddress): StoredRevision | undefined => {
    const owner = latestOf(portOwners.get(port) ?? '');
    // a newer record may not have the port any more, and who has no lease speaks for no other address
    return owner !== undefined && owner.receipt?.unleased !== true && hasPort(owner, port) ? owner : undefined;
  };
  const acknowledged = (port: MacAddress): StoredRevision | undefined =>
    [latestOf(port), portOwner(port)].find((one) => one?.receipt !== undefined);
  for (const revision of found) keep(revision);
  return {
    keep,
    become: (found) => {
      const before = [...revisions.values()].flat();
      const newest = latest();
      const there = new Map(found.map((one) => [placeOf(one), one]));
      const kept = before.flatMap((one) => there.get(placeOf(one)) ?? []);
      const known = new Set(before.map(placeOf));
      revisions.clear();
      portOwners.clear();
      guests.clear();
      duplicates = openDuplicates();
      for (const one of [...kept, ...found.filter((other) => !known.has(placeOf(other)))]) keep(one);
      return newest.filter((one) => one.receipt !== undefined && !isReceived(there.get(placeOf(one)), one));
    },
    of: (mac) => revisions.get(mac) ?? [],
    latestOf,
    latest,
    acknowledged,
    candidates: (port) => {
      const all = [latestOf(port), portOwner(port), ...cameBy(port)];
      return [...new Set(all)].flatMap((one) => (one?.receipt === undefined ? [] : [one]));
    },
    cameBy,
    portOwner,
    duplicatesOf: (mac) => duplicates.of(mac),
  };
}

function placeOf({ mac, revision }: StoredRevision): string {
  return `${mac} ${revision}`;
}

/** Whether what was found is what the machine was given a receipt for. */
function isReceived(found: StoredRevision | undefined, stored: StoredRevision): boolean {
  return found?.receipt !== undefined && found.recordSha256 === stored.recordSha256 && found.captureSha256 === stored.captureSha256;
}

function hasPort({ facts }: StoredRevision, port: MacAddress): boolean {
  return facts.keys.some(({ kind, value }) => kind === 'nic' && value === port);
}

import type { MacAddress } from '../../domain/values/mac.ts';
import type { StoredRevision } from '../../records/revisions.ts';
import { type Duplicate, openDuplicates } from './duplicates.ts';

/** What is stored, as it is kept in memory: all revisions of each machine, and who shares a network port or a number with whom. */
export interface StoredRevisions {
  /** takes in one more revision, newer than those of its machine before */
  keep(revision: StoredRevision): void;
  /** takes revisions out again that are not there any more, and gives them back */
  forget(gone: readonly StoredRevision[]): StoredRevision[];
  /** of one machine, oldest first */
  of(mac: MacAddress): readonly StoredRevision[];
  latestOf(mac: MacAddress): StoredRevision | undefined;
  /** newest revision of each machine */
  latest(): StoredRevision[];
  /** the newest revision of the machine that has this network port, when it was given a receipt */
  acknowledged(port: MacAddress): StoredRevision | undefined;
  /** other machines whose newest record has a key of this one's */
  duplicatesOf(mac: MacAddress): readonly Duplicate[];
}

/** Begins with what an earlier run left. */
export function storedRevisions(found: readonly StoredRevision[]): StoredRevisions {
  const revisions = new Map<MacAddress, StoredRevision[]>();
  const duplicates = openDuplicates();
  /** network port → the machine whose record names it */
  const portOwners = new Map<MacAddress, MacAddress>();
  const keep = (revision: StoredRevision): void => {
    revisions.set(revision.mac, [...(revisions.get(revision.mac) ?? []), revision]);
    duplicates.note(revision.mac, revision.facts.keys);
    for (const { kind, value } of revision.facts.keys) if (kind === 'nic') portOwners.set(value, revision.mac);
  };
  const latestOf = (mac: MacAddress): StoredRevision | undefined => revisions.get(mac)?.at(-1);
  for (const revision of found) keep(revision);
  return {
    keep,
    forget: (gone) => {
      for (const one of gone) {
        const left = (revisions.get(one.mac) ?? []).filter((other) => other !== one);
        if (left.length === 0) revisions.delete(one.mac);
        else revisions.set(one.mac, left);
      }
      return [...gone];
    },
    of: (mac) => revisions.get(mac) ?? [],
    latestOf,
    latest: () => [...revisions.values()].flatMap((list) => list.at(-1) ?? []),
    acknowledged: (port) => {
      const own = latestOf(port);
      if (own?.receipt !== undefined) return own;
      const owner = latestOf(portOwners.get(port) ?? '');
      // a newer record may not have the port any more
      return owner?.receipt !== undefined && hasPort(owner, port) ? owner : undefined;
    },
    duplicatesOf: duplicates.of,
  };
}

function hasPort({ facts }: StoredRevision, port: MacAddress): boolean {
  return facts.keys.some(({ kind, value }) => kind === 'nic' && value === port);
}

import type { StoredRevision } from '../records/revisions.ts';

/** A stored record on its way into a tarball, which looks at the record itself. */
export interface SealedRevision extends Omit<StoredRevision, 'facts'> {
  /** name of the tarball that it came from, when several are merged */
  source?: string;
  /** when its record was stored, by the clock of its master (UTC); that of its receipt when missing */
  storedAt?: string;
}

import { countFindings, type FindingCounts } from '../domain/finding.ts';
import type { IdentityKey } from '../domain/identity.ts';
import type { NodeRecord } from '../domain/node-record.ts';
import { recordFindings } from '../inventory/findings.ts';
import { fingerprint } from '../inventory/identity-keys.ts';
import { dataOf } from '../report/machine-row.ts';

/** What a person calls a machine by, and how much there is to look at. */
export interface Identity {
  vendor?: string;
  product?: string;
  serial?: string;
  findings: FindingCounts;
}

/** What is kept in memory of a stored record. */
export interface RecordFacts {
  identity: Identity;
  /** what tells the machine from others */
  keys: readonly IdentityKey[];
}

/** From the sections, once, when a record is stored or found: what a record says of its own findings may be older than this program. */
export function recordFacts(record: NodeRecord): RecordFacts {
  const { vendor, product, serial } = dataOf(record).system ?? {};
  const identity = {
    ...(vendor === undefined ? {} : { vendor }),
    ...(product === undefined ? {} : { product }),
    ...(serial === undefined ? {} : { serial }),
    findings: countFindings(recordFindings(record)),
  };
  return { identity, keys: fingerprint(record).keys };
}

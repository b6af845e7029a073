import { countFindings, type FindingCounts } from '../domain/record/finding.ts';
import type { IdentityKey } from '../domain/record/identity.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { recordData } from '../domain/record/record-data.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { recordFindings } from '../judge/findings/findings.ts';
import { fingerprint } from '../judge/identity/fingerprint.ts';
import { type KnownBy, knownBy } from '../judge/identity/known-by.ts';

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
  /** what a person's list may call it by */
  knownBy: KnownBy;
  /** a neighbour was heard on one of its ports */
  hearsSwitch?: true;
}

/** From the sections, once, when a record is stored or found: what a record says of its own findings may be older than this program. */
export function recordFacts(record: NodeRecord): RecordFacts {
  const { vendor, product, serial } = recordData(record).system ?? {};
  const identity = {
    ...definedOnly({ vendor, product, serial }),
    findings: countFindings(recordFindings(record)),
  };
  const hearsSwitch = (recordData(record).nics ?? []).some(({ lldp = [] }) => lldp.length > 0);
  return { identity, keys: fingerprint(record).keys, knownBy: knownBy(record), ...(hearsSwitch ? { hearsSwitch } : {}) };
}

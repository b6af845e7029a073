import type { LedgerEvent } from '../domain/ledger.ts';
import type { Finding } from '../domain/record/finding.ts';
import type { IdentityReport } from '../domain/record/identity.ts';
import type { EarlierVisit, VisitStart } from '../domain/visit/visit-start.ts';
import type { MergedSource, VerdictRow, VisitNode } from '../domain/visit-tarball.ts';

export type { VerdictRow, VisitNode };

export interface CaptureFile {
  /** `nodes/52-54-00-00-00-01`, or that of an older record */
  folder: string;
  /** below `capture/` */
  path: string;
  content: Buffer;
}

/** What is in a tarball. Each list is read anew from the file when it is asked for; memory holds one line. */
export interface Visit {
  path: string;
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  /** the visit that it is of; missing in merged tarballs and in those of older versions */
  visit?: VisitStart;
  /** what else was on the stick, and is not in it */
  earlierVisits?: readonly EarlierVisit[];
  /** of the signature, where there is a good one */
  code?: string;
  /** it was sealed without the raw captures, because there was no room for them */
  isWithoutCaptures?: true;
  /** of a merged tarball: what it was made of */
  sources?: readonly MergedSource[];
  /** what could not be read, in sentences; empty when all is well. Lines that make no sense join it when they are met. */
  readonly faults: readonly string[];
  /** the lines of nodes.jsonl */
  nodes(): AsyncIterable<VisitNode>;
  ledger(): AsyncIterable<LedgerEvent>;
  findings(): AsyncIterable<Finding>;
  identity(): Promise<IdentityReport | undefined>;
  /** the lines of verdicts.jsonl */
  verdicts(): AsyncIterable<VerdictRow>;
  /** the files of all captures, those of one folder one after the other */
  captureFiles(): AsyncIterable<CaptureFile>;
}

/** Whether a line of nodes.jsonl is a machine of its own: neither an older record nor one that never sent any. */
export function isMachine(node: Pick<VisitNode, 'sameAs' | 'origin'>): boolean {
  return node.sameAs === undefined && node.origin === undefined;
}

import type { Finding } from '../domain/finding.ts';
import type { IdentityReport } from '../domain/identity.ts';
import type { LedgerEvent } from '../domain/ledger.ts';
import type { VerdictRow, VisitNode } from '../domain/visit-tarball.ts';

export type { VerdictRow, VisitNode };

/** What is in a tarball. Each list is read anew from the file when it is asked for; memory holds one line. */
export interface Visit {
  path: string;
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  /** what could not be read, in sentences; empty when all is well. Lines that make no sense join it when they are met. */
  readonly faults: readonly string[];
  /** the lines of nodes.jsonl */
  nodes(): AsyncIterable<VisitNode>;
  ledger(): AsyncIterable<LedgerEvent>;
  findings(): AsyncIterable<Finding>;
  identity(): Promise<IdentityReport | undefined>;
  /** the lines of verdicts.jsonl */
  verdicts(): AsyncIterable<VerdictRow>;
}

/** Whether a line of nodes.jsonl is a machine of its own: neither an older record nor one that never sent any. */
export function isMachine(node: Pick<VisitNode, 'sameAs' | 'origin'>): boolean {
  return node.sameAs === undefined && node.origin === undefined;
}

import type { AuditEntry } from '../../domain/pool/api-views.ts';
import { searchWords } from '../../web/parts/ordered.ts';

/** The lines that have each word of a search, the newest first. */
export function auditTurned(entries: readonly AuditEntry[], search: string): AuditEntry[] {
  const words = searchWords(search);
  const text = ({ who, from, what, nodes = [] }: AuditEntry): string => [who, from, what, ...nodes].join('\n').toLowerCase();
  return entries.filter((entry) => words.every((word) => text(entry).includes(word))).reverse();
}

import { ReconError } from '../../domain/errors.ts';
import type { FileChange, RevisionHead } from './revision.ts';

interface Staleness {
  ifRevision: number;
  /** the one that is there */
  revision: number;
  wanted: readonly FileChange[];
  history: readonly RevisionHead[];
}

/** Both sides: what the one wanted, and what the others did meanwhile. */
export function staleChange({ ifRevision, revision, wanted, history }: Staleness): ReconError {
  const meanwhile = history
    .filter(({ number }) => number > ifRevision)
    .map(({ number, by, what }) => `revision ${number} by ${by}: ${what}`);
  const yours = wanted.map(({ path }) => path).join(', ');
  return new ReconError('pool-stale', `this was thought out on revision ${ifRevision}, and ${revision} is there`, {
    hint: `Meanwhile: ${meanwhile.join('; ') || 'nothing that is still known'}. Yours would change ${yours || 'nothing'}. Look again, and repeat it.`,
  });
}

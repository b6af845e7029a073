import { ReconError } from '../../../domain/errors.ts';
import type { ChangeReport } from '../../../domain/pool/api-views.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { inTurns } from '../../../platform/in-turns.ts';
import type { PoolEdit } from '../../change/pool-edit.ts';
import { changesBetween } from '../../store/revision.ts';
import type { PoolApiDeps } from './deps.ts';
import { lineDiff } from './line-diff.ts';
import type { Asked } from './route.ts';

/** Somebody else was faster: what they did, and what this one wanted. */
export class StaleChange extends ReconError {
  readonly conflict: {
    revision: number;
    meanwhile: { revision: number; by: string; what: string }[];
    yours: { path: string; lines: string[] }[];
  };

  constructor(cause: ReconError, conflict: StaleChange['conflict']) {
    super('pool-stale', cause.message, { cause, ...definedOnly({ hint: cause.hint }) });
    this.conflict = conflict;
  }
}

/**
 * Makes a change of the pool for somebody, and notes it.
 * @throws ReconError of the edit; {@link StaleChange}; `pool-broken` with every mistake
 */
export async function makeChange(
  { store, audit }: Pick<PoolApiDeps, 'store' | 'audit'>,
  { person, from, ifRevision }: Pick<Asked<unknown, unknown, unknown>, 'person' | 'from' | 'ifRevision'>,
  { what, edit, renamed }: PoolEdit,
  nodes?: readonly string[],
): Promise<ChangeReport> {
  const expected = ifRevision();
  const before = await store.refresh();
  const after = await store
    .change({ by: person.name, what, edit, ...definedOnly({ ifRevision: expected, renamed }) })
    .catch(async (error: unknown) => Promise.reject(await withBothSides(error)));
  const isChanged = after.revision !== before.revision;
  if (isChanged) {
    const changed = changesBetween(before.files, after.files);
    await audit.note({
      ...{ who: person.name, from, what, revision: after.revision },
      ...definedOnly({ nodes: nodes === undefined ? undefined : [...nodes] }),
      before: shortTexts(changed.map(({ path, before: text = '', after: other = '' }) => [path, onlySide(text, other, '-')])),
      after: shortTexts(changed.map(({ path, before: text = '', after: other = '' }) => [path, onlySide(text, other, '+')])),
    });
  }
  return {
    ...{ revision: after.revision, isChanged, what },
    ...definedOnly({ nodes: nodes === undefined ? undefined : [...nodes], uncommitted: isChanged ? after.uncommitted : undefined }),
  };

  async function withBothSides(error: unknown): Promise<unknown> {
    if (!(error instanceof ReconError) || error.code !== 'pool-stale' || expected === undefined) return error;
    const state = store.state();
    const yours = changesBetween(state.files, await inTurns(edit(state.files))).map((change) => ({
      path: change.path,
      lines: lineDiff(change).filter(isSaid),
    }));
    const meanwhile = (await store.history()).filter(({ number }) => number > expected);
    return new StaleChange(error, {
      ...{ revision: state.revision, yours },
      meanwhile: meanwhile.map((one) => ({ revision: one.number, by: one.by, what: one.what })),
    });
  }
}

const isSaid = (line: string): boolean => !line.startsWith(' ');
/** A line of the audit is for reading: the whole change is in the history. */
const MOST_LETTERS = 2000;

function onlySide(before: string, after: string, sign: '+' | '-'): string {
  return lineDiff({ before, after })
    .filter((line) => line.startsWith(sign))
    .map((line) => line.slice(1))
    .join('\n');
}

function shortTexts(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([path, text]) => [path, text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text]));
}

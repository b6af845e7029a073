import { ReconError } from '../../../domain/errors.ts';
import type { ChangeReport } from '../../../domain/pool/api-views.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { inTurns } from '../../../platform/in-turns.ts';
import type { PoolEdit } from '../../change/pool-edit.ts';
import { changesBetween } from '../../store/revision.ts';
import type { PoolApiDeps } from './deps.ts';
import { changedLines } from './line-diff.ts';
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
  { what: said, edit, renamed }: PoolEdit,
  nodes?: readonly string[],
): Promise<ChangeReport> {
  // a note may have lines; a line of history, and the subject of a commit, is one
  const what = said.replaceAll(/\s+/g, ' ').slice(0, MOST_LETTERS);
  const expected = ifRevision();
  // what others changed a moment before is not of this one
  let before: ReadonlyMap<string, string> = new Map();
  const onFiles: typeof edit = (files) => {
    before = files;
    return edit(files);
  };
  const after = await store
    .change({ by: person.name, what, edit: onFiles, ...definedOnly({ ifRevision: expected, renamed }) })
    .catch(async (error: unknown) => Promise.reject(await withBothSides(error)));
  const changed = changesBetween(before, after.files).map((change) => [change.path, changedLines(change)] as const);
  const isChanged = changed.length > 0;
  if (isChanged)
    await audit.note({
      ...{ who: person.name, from, what, revision: after.revision },
      ...definedOnly({ nodes: nodes === undefined ? undefined : [...nodes] }),
      before: shortTexts(changed.map(([path, lines]) => [path, saidBy(lines, '-')])),
      after: shortTexts(changed.map(([path, lines]) => [path, saidBy(lines, '+')])),
    });
  return {
    ...{ revision: after.revision, isChanged, what },
    ...definedOnly({ nodes: nodes === undefined ? undefined : [...nodes], uncommitted: isChanged ? after.uncommitted : undefined }),
  };

  async function withBothSides(error: unknown): Promise<unknown> {
    if (!(error instanceof ReconError) || error.code !== 'pool-stale' || expected === undefined) return error;
    const state = store.state();
    const yours = changesBetween(state.files, await inTurns(edit(state.files))).map((change) => ({
      path: change.path,
      lines: changedLines(change),
    }));
    const meanwhile = (await store.history()).filter(({ number }) => number > expected);
    return new StaleChange(error, {
      ...{ revision: state.revision, yours },
      meanwhile: meanwhile.map((one) => ({ revision: one.number, by: one.by, what: one.what })),
    });
  }
}

/** A line of the audit is for reading: the whole change is in the history. */
const MOST_LETTERS = 2000;

function saidBy(lines: readonly string[], sign: '+' | '-'): string {
  return lines
    .filter((line) => line.startsWith(sign))
    .map((line) => line.slice(1))
    .join('\n');
}

function shortTexts(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([path, text]) => [path, text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text]));
}

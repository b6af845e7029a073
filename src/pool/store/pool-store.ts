import { dirname, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, syncPath, writeAtomic } from '../../platform/files/files.ts';
import { mayWrite } from '../../platform/files/may-write.ts';
import { type FileMistake, poolFromFiles } from '../folder/parse-folder.ts';
import { readPoolFolder } from '../folder/read-folder.ts';
import type { ChangeCommits } from './git-commits.ts';
import { mistakesText } from './mistakes-text.ts';
import { changesBetween, type FileChange, type Revision } from './revision.ts';
import { type RevisionFiles, revisionFiles } from './revision-files.ts';

export interface PoolState {
  /** 0: nothing was ever accepted, and the folder is empty or broken */
  revision: number;
  pool: Pool;
  files: ReadonlyMap<string, string>;
  /** what is wrong in the folder; the revision above serves meanwhile */
  mistakes: readonly FileMistake[];
  /** why the folder's git has not got the last change, which stands all the same; undefined where there is no git, too */
  uncommitted?: string | undefined;
}

export interface PoolChange {
  by: string;
  /** the change in one line */
  what: string;
  /** the revision that the change was thought out on; another one is there: it is refused */
  ifRevision?: number;
  edit: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;
}

/** What is wanted of a pool: a folder of YAML that people may edit, and its accepted states. One process at a time. */
export interface PoolStore {
  state(): PoolState;
  /** Takes what was edited by hand, when the whole folder is valid. */
  refresh(): Promise<PoolState>;
  /**
   * Makes a new revision, whole or not at all; an edit that changes nothing makes none.
   * @throws ReconError `pool-stale` with both sides, `pool-broken` with every mistake; the folder stays as it was
   */
  change(change: PoolChange): Promise<PoolState>;
  /** the oldest first */
  history(): Promise<Revision[]>;
}

export interface PoolStoreOptions {
  /** where accepted states are kept; not below the folder */
  stateDirectory: string;
  now: () => Date;
  /** called once the revision lies in the folder */
  onAccepted?: (revision: Revision) => Promise<void>;
  /** of changes made here; what is edited by hand is committed by who edits */
  commits?: ChangeCommits;
}

/** @throws ReconError `not-found` when there is no such folder */
export async function openPoolStore(folder: string, options: PoolStoreOptions): Promise<PoolStore> {
  const revisions = revisionFiles(join(options.stateDirectory, 'revisions'));
  const last = (await revisions.list()).at(-1);
  const keeper: Keeper = { ...options, folder, revisions, state: stateOf(last) };
  // a write that a power cut ended is finished; nobody can have edited what was not there yet
  if (last !== undefined && (await revisions.placed()) < last.number) await place(keeper, last);
  const inTurn = atMost(1);
  const store: PoolStore = {
    state: () => keeper.state,
    refresh: () => inTurn(() => takeOver(keeper)),
    change: (wanted) => inTurn(() => changeTo(keeper, wanted)),
    history: () => revisions.list(),
  };
  await store.refresh();
  keeper.state = { ...keeper.state, uncommitted: await options.commits?.obstacle() };
  return store;
}

/** What the parts of the store share; one of them runs at a time. */
interface Keeper extends Pick<PoolStoreOptions, 'now' | 'onAccepted' | 'commits'> {
  folder: string;
  revisions: RevisionFiles;
  state: PoolState;
}

async function takeOver(keeper: Keeper): Promise<PoolState> {
  const files = await readPoolFolder(keeper.folder);
  const { state } = keeper;
  const changed = changesBetween(state.files, files);
  if (changed.length > 0 || state.revision === 0) {
    const outcome = poolFromFiles(files);
    if (outcome.outcome === 'ok') return accept(keeper, files, { by: 'folder', what: editedText(changed) });
    keeper.state = { ...state, mistakes: outcome.mistakes };
  } else keeper.state = { ...state, mistakes: mistakesIn(state.files) };
  return keeper.state;
}

function mistakesIn(files: PoolState['files']): readonly FileMistake[] {
  const outcome = poolFromFiles(files);
  return outcome.outcome === 'ok' ? [] : outcome.mistakes;
}

function editedText(changed: readonly FileChange[]): string {
  return changed.length === 0 ? 'an empty folder' : `edited: ${changed.map(({ path }) => path).join(', ')}`;
}

async function changeTo(keeper: Keeper, { ifRevision, edit, ...words }: PoolChange): Promise<PoolState> {
  const state = await takeOver(keeper);
  if (state.mistakes.length > 0)
    throw new ReconError('pool-broken', `somebody's edit of ${keeper.folder} is not finished, and would be lost`, {
      hint: mistakesText(state.mistakes),
    });
  const files = edit(state.files);
  const wanted = changesBetween(state.files, files);
  if (ifRevision !== undefined && ifRevision !== state.revision)
    throw stale({ ifRevision, state, wanted, history: await keeper.revisions.list() });
  if (wanted.length === 0) return state;
  const outcome = poolFromFiles(files);
  if (outcome.outcome === 'wrong')
    throw new ReconError('pool-broken', 'the pool would contradict itself', { hint: mistakesText(outcome.mistakes) });
  // a revision that cannot be placed would be taken back as somebody's edit
  if ((await exists(keeper.folder)) && !(await mayWrite(keeper.folder)))
    throw new ReconError('not-writable', `this head may not write to ${keeper.folder}: nothing was changed`, {
      hint: 'It is of another user, on a read-only file system, or out of the reach of its service; recon head check says which.',
    });
  const accepted = await accept(keeper, files, words);
  const uncommitted = await keeper.commits?.commit({ number: accepted.revision, ...words }, wanted);
  keeper.state = { ...accepted, uncommitted };
  return keeper.state;
}

async function accept(keeper: Keeper, files: ReadonlyMap<string, string>, words: Pick<PoolChange, 'by' | 'what'>): Promise<PoolState> {
  const number = keeper.state.revision + 1;
  const revision: Revision = { number, at: keeper.now().toISOString(), by: words.by, what: words.what, files: Object.fromEntries(files) };
  await keeper.revisions.add(revision);
  keeper.state = { ...stateOf(revision, files), uncommitted: keeper.state.uncommitted };
  await place(keeper, revision);
  await keeper.onAccepted?.(revision);
  return keeper.state;
}

async function place({ folder, revisions }: Keeper, revision: Revision): Promise<void> {
  await placeFiles(folder, changesBetween(await readPoolFolder(folder), new Map(Object.entries(revision.files))));
  await revisions.setPlaced(revision.number);
}

function stateOf(revision: Revision | undefined, files: PoolState['files'] = new Map(Object.entries(revision?.files ?? {}))): PoolState {
  const outcome = poolFromFiles(files);
  if (outcome.outcome === 'wrong') {
    // an older version took what this one refuses: every machine keeps what it has until somebody mends it
    const empty = poolFromFiles(new Map());
    if (empty.outcome === 'wrong') throw new ReconError('pool-broken', mistakesText(empty.mistakes));
    return { revision: revision?.number ?? 0, pool: empty.pool, files, mistakes: outcome.mistakes };
  }
  return { revision: revision?.number ?? 0, pool: outcome.pool, files, mistakes: [] };
}

async function placeFiles(folder: string, changes: readonly FileChange[]): Promise<void> {
  for (const { path, after } of changes) {
    const at = join(folder, path);
    if (after === undefined) await removePath(at);
    else {
      await makeDirectory(dirname(at));
      await writeAtomic(at, after);
      await syncPath(at);
    }
    await syncPath(dirname(at));
  }
}

interface Staleness {
  ifRevision: number;
  state: PoolState;
  wanted: readonly FileChange[];
  history: readonly Revision[];
}

/** Both sides: what the one wanted, and what the others did meanwhile. */
function stale({ ifRevision, state, wanted, history }: Staleness): ReconError {
  const meanwhile = history
    .filter(({ number }) => number > ifRevision)
    .map(({ number, by, what }) => `revision ${number} by ${by}: ${what}`);
  const yours = wanted.map(({ path }) => path).join(', ');
  return new ReconError('pool-stale', `this was thought out on revision ${ifRevision}, and ${state.revision} is there`, {
    hint: `Meanwhile: ${meanwhile.join('; ') || 'nothing that is still known'}. Yours would change ${yours || 'nothing'}. Look again, and repeat it.`,
  });
}

import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ReconError } from '../../domain/errors.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { exists } from '../../platform/files/files.ts';
import { mayWrite } from '../../platform/files/may-write.ts';
import { mediumFaultOf } from '../../platform/files/medium-fault.ts';
import { inTurns, type Turns } from '../../platform/in-turns.ts';
import { type FileMistake, poolFromFiles, poolInTurns } from '../folder/parse-folder.ts';
import { folderReader } from '../folder/read-folder.ts';
import type { ChangeCommits } from './git-commits.ts';
import { mistakesText } from './mistakes-text.ts';
import { placeFiles } from './place-files.ts';
import { changesBetween, type FileChange, type Renaming, type Revision, type RevisionHead } from './revision.ts';
import { type RevisionFiles, revisionFiles } from './revision-files.ts';
import { staleChange } from './stale-change.ts';

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
  renamed?: Renaming;
  /** the revision that the change was thought out on; another one is there: it is refused */
  ifRevision?: number;
  /** at once, or in turns: ten thousand nodes keep no machine waiting */
  edit: (files: PoolState['files']) => PoolState['files'] | Turns<PoolState['files']>;
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
  history(): Promise<RevisionHead[]>;
  /** one accepted state with its files; undefined when it is not kept */
  revision(number: number): Promise<Revision | undefined>;
}

export interface PoolStoreOptions {
  /** where accepted states are kept; not below the folder */
  stateDirectory: string;
  now: () => Date;
  /** called once the revision lies in the folder */
  onAccepted?: (revision: Revision) => Promise<void>;
  /** edits by hand are taken once the folder stayed the same for so long. Default 200 ms */
  settleMs?: number;
  /** of changes made here; what is edited by hand is committed by who edits */
  commits?: ChangeCommits;
}

/** @throws ReconError `not-found` when there is no such folder */
export async function openPoolStore(folder: string, options: PoolStoreOptions): Promise<PoolStore> {
  const revisions = revisionFiles(join(options.stateDirectory, 'revisions'));
  const last = await revisions.last();
  const keeper: Keeper = {
    ...{ settleMs: SETTLE_MS, ...options, folder, read: folderReader(folder), revisions, state: await stateOf(last) },
    ...{ unplaced: undefined, settled: undefined },
  };
  // a write that a power cut ended is finished; nobody can have edited what was not there yet
  if (last !== undefined && (await revisions.placed()) < last.number) keeper.unplaced = last;
  const inTurn = atMost(1);
  const store: PoolStore = {
    state: () => keeper.state,
    refresh: () => inTurn(() => refresh(keeper)),
    change: (wanted) => inTurn(() => changeTo(keeper, wanted)),
    history: () => revisions.list(),
    revision: (number) => revisions.read(number),
  };
  await store.refresh();
  keeper.state = { ...keeper.state, uncommitted: await options.commits?.obstacle() };
  return store;
}

/** What the parts of the store share; one of them runs at a time. */
interface Keeper extends Pick<PoolStoreOptions, 'now' | 'onAccepted' | 'commits'> {
  folder: string;
  /** what lies there */
  read: (expected?: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, string>>;
  revisions: RevisionFiles;
  state: PoolState;
  /** accepted, and not yet in the folder to its end: the disk is full. Until then what lies in the folder is nobody's edit */
  unplaced: Revision | undefined;
  /** edits are taken once the folder stayed the same for so long */
  settleMs: number;
  /** what was read last and is no accepted state: it has stayed the same for long enough */
  settled: ReadonlyMap<string, string> | undefined;
}

/** On a full disk what was accepted goes on serving, and whoever looks is told. */
async function refresh(keeper: Keeper): Promise<PoolState> {
  try {
    return await takeOver(keeper);
  } catch (error) {
    if (!(error instanceof ReconError) || keeper.unplaced === undefined) throw error;
    const { message, hint } = error;
    keeper.state = { ...keeper.state, mistakes: [{ file: 'pool.yaml', line: 1, message, hint }] };
    return keeper.state;
  }
}

async function takeOver(keeper: Keeper): Promise<PoolState> {
  await finish(keeper);
  const files = await settledFolder(keeper);
  const { state } = keeper;
  const changed = changesBetween(state.files, files);
  if (changed.length > 0 || state.revision === 0) {
    const outcome = await inTurns(poolInTurns(files));
    if (outcome.outcome === 'ok') return accept(keeper, { files, there: files }, { by: 'folder', what: editedText(changed) });
    keeper.state = { ...state, mistakes: outcome.mistakes };
  } else keeper.state = { ...state, mistakes: await mistakesIn(state.files) };
  return keeper.state;
}

/** A file that is just being written is not taken for a shorter one: half a list of nodes is valid too. */
async function settledFolder(keeper: Keeper): Promise<ReadonlyMap<string, string>> {
  let files = await keeper.read(keeper.state.files);
  const isKnown = (): boolean =>
    [keeper.state.files, keeper.settled].some((known) => known !== undefined && changesBetween(known, files).length === 0);
  for (let looks = 0; looks < MOST_LOOKS && !isKnown(); looks += 1) {
    keeper.settled = files;
    await setTimeout(keeper.settleMs);
    files = await keeper.read();
  }
  // what is broken stays so for as many looks as its owner needs, and is read once
  return keeper.settled !== undefined && changesBetween(keeper.settled, files).length === 0 ? keeper.settled : files;
}

/** Somebody who writes without an end is taken as it is. */
const MOST_LOOKS = 20;
const SETTLE_MS = 200;

async function mistakesIn(files: PoolState['files']): Promise<readonly FileMistake[]> {
  const outcome = await inTurns(poolInTurns(files));
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
  const edited = edit(state.files);
  const files = 'next' in edited ? await inTurns(edited) : edited;
  const wanted = changesBetween(state.files, files);
  if (ifRevision !== undefined && ifRevision !== state.revision)
    throw staleChange({ ifRevision, revision: state.revision, wanted, history: await keeper.revisions.list() });
  if (wanted.length === 0) return state;
  const outcome = await inTurns(poolInTurns(files));
  if (outcome.outcome === 'wrong')
    throw new ReconError('pool-broken', 'the pool would contradict itself', { hint: mistakesText(outcome.mistakes) });
  // a revision that cannot be placed would be taken back as somebody's edit
  if ((await exists(keeper.folder)) && !(await mayWrite(keeper.folder)))
    throw new ReconError('not-writable', `this head may not write to ${keeper.folder}: nothing was changed`, {
      hint: 'It is of another user, on a read-only file system, or out of the reach of its service; recon head check says which.',
    });
  const accepted = await accept(keeper, { files, there: state.files }, words);
  const uncommitted = await keeper.commits?.commit({ number: accepted.revision, ...words }, wanted);
  keeper.state = { ...accepted, uncommitted };
  return keeper.state;
}

async function accept(
  keeper: Keeper,
  { files, there }: { files: PoolState['files']; there: PoolState['files'] },
  words: Pick<PoolChange, 'by' | 'what' | 'renamed'>,
): Promise<PoolState> {
  const number = keeper.state.revision + 1;
  const revision: Revision = { number, at: keeper.now().toISOString(), ...words, files: Object.fromEntries(files) };
  await keeper.revisions.add(revision).catch((error: unknown) => {
    throw inWords(error, `the change is not taken: ${keeper.folder} is as it was`);
  });
  keeper.state = { ...(await stateOf(revision, files)), uncommitted: keeper.state.uncommitted };
  keeper.unplaced = revision;
  await finish(keeper, there);
  return keeper.state;
}

/**
 * Writes an accepted revision into the folder; what fails is tried again before anything else is done.
 * @param there what lies in the folder, where that was just read
 */
async function finish(keeper: Keeper, there?: PoolState['files']): Promise<void> {
  const { unplaced } = keeper;
  if (unplaced === undefined) return;
  await place(keeper, unplaced, there).catch((error: unknown) => {
    throw inWords(error, `revision ${unplaced.number} is taken and serves, but not all of it is in ${keeper.folder} yet`);
  });
  keeper.unplaced = undefined;
  await keeper.onAccepted?.(unplaced);
}

function inWords(error: unknown, outcome: string): unknown {
  const fault = mediumFaultOf(error);
  if (fault === undefined) return error;
  return new ReconError(fault === 'full' ? 'disk-full' : 'medium-failed', `${outcome}, because the disk is ${fault}`, {
    cause: error,
    hint: fault === 'full' ? 'Make room, and repeat it.' : 'Look at the disk of the head, and repeat it.',
  });
}

async function place({ folder, read, revisions }: Keeper, revision: Revision, there?: PoolState['files']): Promise<void> {
  await placeFiles(folder, changesBetween(there ?? (await read()), new Map(Object.entries(revision.files))));
  await revisions.setPlaced(revision.number);
}

async function stateOf(
  revision: Revision | undefined,
  files: PoolState['files'] = new Map(Object.entries(revision?.files ?? {})),
): Promise<PoolState> {
  const outcome = await inTurns(poolInTurns(files));
  if (outcome.outcome === 'wrong') {
    // an older version took what this one refuses: every machine keeps what it has until somebody mends it
    const empty = poolFromFiles(new Map());
    if (empty.outcome === 'wrong') throw new ReconError('pool-broken', mistakesText(empty.mistakes));
    return { revision: revision?.number ?? 0, pool: empty.pool, files, mistakes: outcome.mistakes };
  }
  return { revision: revision?.number ?? 0, pool: outcome.pool, files, mistakes: [] };
}

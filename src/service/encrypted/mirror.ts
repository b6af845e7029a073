import { dirname, join } from 'node:path';
import { namesIn, removePath } from '../../platform/files/directories.ts';
import { fileFacts } from '../../platform/files/file-reader.ts';
import { encryptedName, isEncryptedName } from '../../records/encrypted-files.ts';
import { RECEIPT_FILE } from '../../records/revisions.ts';
import { ledgerNumber, VISITS_FILE } from '../../records/visit-files.ts';
import { removeEarlier } from '../../seal/place-tarball.ts';
import { encryptedSize } from './encrypted-size.ts';
import { tellVisits } from './hidden-visits.ts';
import type { MirrorLog, Placed } from './mirror-log.ts';
import { INCOMING, type PlainFile, plainFiles, versionOf } from './plain-files.ts';
import { requireOnMedium, type WrittenFile, writeEncrypted, writeTarball } from './stick-writer.ts';

const TARBALL = /^recon-.+\.tar\.gz\.age$/;
/** Each piece of a ledger is a file: not one for every receipt, and not only one at the end. */
const LEDGER_PIECE_BYTES = 64 * 1024;
const LEDGER_PIECE_MS = 5 * 60 * 1000;

export interface MirrorInput {
  stick: { directory: string; sync: () => Promise<void> };
  /** in the clear */
  ramDirectory: string;
  /** public key of age */
  recipient: string;
  /** of this start, on the stick */
  folder: string;
  log: MirrorLog;
  /** a clock that never goes back */
  nowMs?: () => number;
}

/** Brings what is in RAM to the stick. */
export interface Mirror {
  /** resolves when all that is new was written and read back; with `isLast` the last lines of ledgers too. Never runs twice at a time. */
  run(isLast: boolean): Promise<void>;
  /** what is in RAM and not on the stick, in bytes that it will take there */
  waitingBytes(clusterBytes: number): Promise<number>;
  /** the stick was away: the next run looks whether all of it is still there, and writes anew what is not */
  doubt(): void;
}

/** What a run wrote, which counts only when all of it was read back. */
interface Fresh {
  files: WrittenFile[];
  placed: Placed[];
}

/** What a mirror knows. */
interface MirrorState extends Omit<MirrorInput, 'log'>, Pick<MirrorLog, 'placed' | 'add'> {
  nowMs: () => number;
  /** revisions of which all is on the stick, with the version of their directory */
  settled: Map<string, string>;
  /** of the last file */
  number: number;
  isDoubtful: boolean;
  ledgerAtMs: number;
}

export function openMirror({ log, nowMs = () => performance.now(), ...input }: MirrorInput): Mirror {
  const { placed, add } = log;
  const state: MirrorState = { ...input, ...{ placed, add, nowMs }, settled: new Map(), number: 0, isDoubtful: true, ledgerAtMs: nowMs() };
  return {
    run: async (isLast) => {
      if (state.isDoubtful) await recheck(state);
      await bringTarballs(state, await bringRecords(state, isLast));
    },
    waitingBytes: (clusterBytes) => waitingBytes(state, clusterBytes),
    doubt: () => {
      state.isDoubtful = true;
    },
  };
}

/** Writes what is new, except for tarballs. */
async function putNew(state: MirrorState, fresh: Fresh, files: readonly PlainFile[], isLast: boolean): Promise<void> {
  const isTime = isLast || state.nowMs() - state.ledgerAtMs >= LEDGER_PIECE_MS;
  for (const file of files) {
    const known = state.placed.get(file.path);
    if (known?.version === file.version || TARBALL.test(file.path)) continue;
    const isLedger = ledgerNumber(file.path) !== undefined;
    const grown = isLedger && known !== undefined && known.toBytes <= file.sizeBytes ? known : undefined;
    if (isLedger && file.sizeBytes - (grown?.toBytes ?? 0) < (isTime ? 1 : LEDGER_PIECE_BYTES)) continue;
    await put(state, fresh, file, grown);
    if (file.path === VISITS_FILE) await tellVisits(state.ramDirectory, state.stick.directory);
  }
  if (isTime) state.ledgerAtMs = state.nowMs();
}

async function put(state: MirrorState, fresh: Fresh, { path, sizeBytes, version }: PlainFile, before: Placed | undefined): Promise<void> {
  state.number += 1;
  const name = encryptedName(state.number);
  const from = before?.toBytes ?? 0;
  const file = await writeEncrypted(join(state.folder, name), { root: state.ramDirectory, path, from, to: sizeBytes }, state.recipient);
  fresh.files.push(file);
  fresh.placed.push({ path, version, toBytes: sizeBytes, parts: [...(before?.parts ?? []), { name, sizeBytes: file.sizeBytes }] });
}

/** Takes note of what is on the stick; what it takes the place of goes. */
async function keep({ placed, add, folder }: MirrorState, some: readonly Placed[]): Promise<void> {
  const old = some.flatMap(({ path, parts }) =>
    (placed.get(path)?.parts ?? []).filter(({ name }) => !parts.some((one) => one.name === name)),
  );
  for (const one of some) placed.set(one.path, one);
  await add(some);
  for (const { name } of old) await removePath(join(folder, name)).catch(() => {});
}

async function bringRecords(state: MirrorState, isLast: boolean): Promise<PlainFile[]> {
  const { ramDirectory, stick, settled, placed } = state;
  const fresh: Fresh = { files: [], placed: [] };
  const revisions = new Map<string, string>();
  const files = await plainFiles(ramDirectory, (directory, version) => {
    if (settled.get(directory) === version) return true;
    revisions.set(directory, version);
    return false;
  });
  try {
    await putNew(state, fresh, files, isLast);
    await stick.sync();
    await requireOnMedium(fresh.files);
  } catch (error) {
    // the next run writes them again, under other names
    for (const { path } of fresh.files) await removePath(path).catch(() => {});
    state.isDoubtful = true;
    throw error;
  }
  await keep(state, fresh.placed);
  for (const [directory, version] of revisions)
    if (placed.has(`${directory}/${RECEIPT_FILE}`) && (await versionOf(join(ramDirectory, directory))) === version)
      settled.set(directory, version);
  return files;
}

async function bringTarballs(state: MirrorState, files: readonly PlainFile[]): Promise<void> {
  const { stick, ramDirectory, placed } = state;
  const tarballs = files.filter(({ path }) => TARBALL.test(path));
  for (const { path, sizeBytes, version } of tarballs) {
    if (placed.get(path)?.version === version) continue;
    await writeTarball(stick, { root: ramDirectory, path, from: 0, to: sizeBytes });
    await keep(state, [{ path, version, toBytes: sizeBytes, parts: [] }]);
  }
  // an earlier one of this start goes when the master has removed it; those of other starts are nobody's
  const gone = [...placed.keys()].filter((path) => TARBALL.test(path) && !tarballs.some((one) => one.path === path));
  if (gone.length > 0) await removeEarlier(stick.directory, { name: '', earlier: gone, sync: stick.sync });
  for (const path of gone) placed.delete(path);
}

/** Looks at what the stick has: what is not there is written again, and what nobody was told of goes. */
async function recheck(state: MirrorState): Promise<void> {
  const { stick, folder, placed, settled } = state;
  for (const { path } of await missingFrom(stick.directory, folder, placed)) {
    placed.delete(path);
    settled.delete(dirname(path));
  }
  const kept = new Set([...placed.values()].flatMap(({ parts }) => parts.map(({ name }) => name)));
  const names = (await namesIn(folder)).filter(isEncryptedName);
  state.number = Math.max(state.number, ...names.map((name) => Number.parseInt(name, 10)));
  for (const name of names.filter((one) => !kept.has(one))) await removePath(join(folder, name));
  state.isDoubtful = false;
}

async function waitingBytes({ ramDirectory, settled, placed }: MirrorState, clusterBytes: number): Promise<number> {
  const inClusters = (bytes: number): number => Math.ceil(encryptedSize(bytes) / clusterBytes) * clusterBytes;
  const all = await plainFiles(ramDirectory, (directory, version) => settled.get(directory) === version);
  const files = all.filter(({ path, version }) => placed.get(path)?.version !== version && !TARBALL.test(path));
  const whole = files.map(({ path, sizeBytes }) => sizeBytes - bytesThere(path, placed));
  return [...whole, ...(await sizesOfArriving(ramDirectory))].reduce((sum, bytes) => sum + inClusters(Math.max(0, bytes)), 0);
}

/** What the stick should have and has not. @throws the system's error when it cannot be looked at */
async function missingFrom(directory: string, folder: string, placed: ReadonlyMap<string, Placed>): Promise<Placed[]> {
  const missing: Placed[] = [];
  for (const one of placed.values()) {
    const paths = TARBALL.test(one.path)
      ? [{ name: join(directory, one.path), sizeBytes: one.toBytes }]
      : one.parts.map((part) => ({ ...part, name: join(folder, part.name) }));
    const found = await Promise.all(paths.map(async ({ name, sizeBytes }) => (await fileFacts(name))?.sizeBytes === sizeBytes));
    if (found.includes(false)) missing.push(one);
  }
  return missing;
}

/** Of a ledger, which grows, so much is there already. */
function bytesThere(path: string, placed: ReadonlyMap<string, Placed>): number {
  return ledgerNumber(path) === undefined ? 0 : (placed.get(path)?.toBytes ?? 0);
}

async function sizesOfArriving(root: string): Promise<number[]> {
  const directory = join(root, INCOMING);
  const names = await namesIn(directory).catch(() => []);
  return Promise.all(names.map(async (name) => (await fileFacts(join(directory, name)))?.sizeBytes ?? 0));
}

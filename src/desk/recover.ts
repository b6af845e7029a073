import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { reportScript } from '../bundle/report-script.ts';
import { ReconError } from '../domain/errors.ts';
import { LedgerEvent } from '../domain/ledger.ts';
import { counted } from '../domain/values/counted.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { EarlierVisit, VisitStart } from '../domain/visit/visit-start.ts';
import { visitStartWords } from '../domain/visit/words-of-visits.ts';
import { eachJsonLine } from '../platform/files/append-log.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { exists } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import { appendUnsynced } from '../platform/files/unsynced-files.ts';
import { ENCRYPTED_FOLDER } from '../records/encrypted-files.ts';
import type { ReadRevisions } from '../records/read-revisions.ts';
import { earlierVisit } from '../records/records-of-visits.ts';
import type { StoredRevision } from '../records/revisions.ts';
import { sealTarball } from '../seal/seal-tarball.ts';
import { readSiteSettings } from '../settings/site-settings-file.ts';
import { decryptRecords } from './decrypt-records.ts';
import { type FoundVisit, visitsIn } from './found-visits.ts';
import { FULL_AT_DESK } from './full-disk.ts';
import { takeFromStick } from './stick-files.ts';

export interface RecoverOptions {
  /** the new tarball; where there are several visits, a name with the number of each is made of it */
  output: string;
  /** name of the site; without it that of the visit, or of recon.yaml */
  site?: string;
  /** number or id of the only visit to be recovered, 0 for what names none; all of them when missing */
  visit?: string;
  /** the file of age-keygen, for records that were encrypted as they arrived */
  identity?: string;
  /** what is not an error, and has to be known */
  warn: (sentence: string) => void;
  /** told when something was acknowledged and cannot be read any more, and how much */
  onDamaged?: (count: number) => void;
}

export interface RecoveredVisit {
  path: string;
  machines: number;
  /** missing: its records name none */
  visit?: VisitStart;
}

/** What an image says of its version when nobody knows it. */
const UNKNOWN_VERSION = 'recovered';

/**
 * Makes a tarball of what lies below records/ alone, one for each visit: on a mounted stick or a copy of it (the directory that holds
 * records/, or records/ itself), or on an image file or device that is not mounted. Nothing there is changed.
 * @throws ReconError `usage` when an output is there already or there is no such visit, `not-found` when there are no records
 */
export async function recoverVisits(from: string, options: RecoverOptions): Promise<RecoveredVisit[]> {
  const { output, warn } = options;
  await requireFree([output]);
  const work = join(dirname(resolve(output)), `.${process.pid}-recon-recover`);
  await makeDirectory(work);
  try {
    const root = (await isDirectory(from)) ? await rootOf(from) : await takeFromStick(from, join(work, 'stick'));
    const isRest = await exists(join(root, 'records'));
    const opened = await decryptRecords({ root, work: join(work, 'decrypted'), identity: options.identity, isRest });
    const { found, ...trouble } = await visitsIn(isRest ? [root, ...opened.roots] : opened.roots);
    trouble.damaged.push(...opened.damaged);
    if (found.length === 0) throw noRecords(from);
    const chosen = found.filter(({ visit }) => isChosen(options.visit, visit));
    if (chosen.length === 0) throw noSuchVisit(options.visit, found);
    const outputs = chosen.length === 1 ? [output] : chosen.map(({ visit }) => numberedName(output, visit));
    await requireFree(outputs);
    if (found.length > 1) warn(`there are records of ${found.length} visits: ${found.map(foundWords).join('; ')}`);
    const notes = notesOn([root, join(work, 'decrypted')], trouble);
    for (const note of notes) warn(note);
    const recovered: RecoveredVisit[] = [];
    for (const [at, one] of chosen.entries()) {
      const earlier = found.slice(0, found.indexOf(one)).map(earlierVisit);
      const path = outputs[at] ?? output;
      recovered.push({ path, ...(await recoverOne(root, one, { ...options, output: path, work, notes, earlier })) });
    }
    if (trouble.damaged.length > 0) options.onDamaged?.(trouble.damaged.length);
    return recovered;
  } finally {
    await removePath(work);
  }
}

async function recoverOne(
  root: string,
  { visit, revisions, ledgers }: FoundVisit,
  {
    output,
    site,
    work,
    notes,
    earlier,
    warn,
  }: RecoverOptions & { work: string; notes: readonly string[]; earlier: readonly EarlierVisit[] },
): Promise<Omit<RecoveredVisit, 'path'>> {
  const newest = revisions;
  const untold = newest
    .filter(({ receipt }) => receipt === undefined)
    .map(({ mac }) => `${mac}: its record is whole, and the machine was never told so`);
  for (const note of untold) warn(note);
  const ledgerPath = await joined(ledgers, join(work, `ledger-${visit?.start.number ?? 0}.jsonl`));
  const sealed = await sealTarball({
    directory: join(work, `sealed-${visit?.start.number ?? 0}`),
    site: site ?? visit?.places.findLast((place) => place.site !== undefined)?.site ?? (await siteOf(root)) ?? 'site',
    imageVersion: UNKNOWN_VERSION,
    hintWhenFull: FULL_AT_DESK,
    now: await timeOf(ledgerPath, newest),
    ...{ revisions: newest, missing: [], ledgerPath, replaces: undefined, notes: [...notes, ...untold] },
    ...definedOnly({ visit: visit?.start, earlierVisits: earlier.length === 0 ? undefined : earlier }),
    reportScript: await reportScript(),
  });
  await movePath(sealed.path, output);
  return { machines: sealed.machines, ...definedOnly({ visit: visit?.start }) };
}

/** What was wrong on the stick, whichever visit it was of. */
function notesOn(roots: readonly string[], { damaged, halves, unnamed }: Omit<ReadRevisions, 'revisions'>): string[] {
  return [
    'made of records/ without the master: machines that asked and never arrived stand in ledger.jsonl only',
    ...damaged,
    ...halves.map((half) => `${half}: half an upload is left out`),
    ...unnamed.map((path) => `${path}: its name is not that of a machine, it is left out`),
  ].map((note) => roots.reduce((text, root) => text.replaceAll(`${root}/`, ''), note));
}

async function requireFree(outputs: readonly string[]): Promise<void> {
  for (const output of outputs)
    if (await exists(output)) throw new ReconError('usage', `${output} is there already`, { hint: 'name a new file with -o' });
}

function isChosen(wanted: string | undefined, visit: FoundVisit['visit']): boolean {
  return wanted === undefined || wanted === String(visit?.start.number ?? 0) || wanted === visit?.start.id;
}

function noSuchVisit(wanted: string | undefined, found: readonly FoundVisit[]): ReconError {
  return new ReconError('usage', `there is no visit ${wanted}`, {
    hint: `--visit takes the number or the id of one: ${found.map(foundWords).join('; ')}`,
  });
}

function foundWords({ visit, revisions }: FoundVisit): string {
  const machines = counted(revisions.length, 'machine');
  return visit === undefined ? `0, of an older version of Recon (${machines})` : `${visitStartWords(visit.start)} (${machines})`;
}

/** `hall-3.tar.gz` becomes `hall-3-visit-2.tar.gz`. */
function numberedName(output: string, visit: FoundVisit['visit']): string {
  return output.replace(/(\.tar\.gz|\.tgz)?$/, (ending) => `-visit-${visit?.start.number ?? 0}${ending}`);
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new ReconError('not-found', `there is no ${path}`, { cause, hint: 'name a mounted stick, a copy of it, or its device' });
  });
  return found.isDirectory();
}

async function rootOf(directory: string): Promise<string> {
  for (const name of ['records', ENCRYPTED_FOLDER]) if (await exists(join(directory, name))) return directory;
  if (basename(resolve(directory)) === 'records') return dirname(resolve(directory));
  throw noRecords(directory);
}

function noRecords(where: string): ReconError {
  return new ReconError('not-found', `${where} holds no records`, {
    hint: 'name the directory that holds records/, an image of the stick, or its device',
  });
}

/** Each start of a master with encrypted records has a ledger of its own. */
async function joined(ledgers: readonly string[], path: string): Promise<string> {
  const [first = path, ...others] = ledgers;
  if (others.length === 0) return first;
  for (const one of ledgers) await appendUnsynced(path, await readFile(one));
  return path;
}

async function siteOf(root: string): Promise<string | undefined> {
  const read = await readSiteSettings(root);
  return read.outcome === 'read' ? read.settings.site : undefined;
}

/** When the visit was: the last event of the ledger, else the last record by its receipt, else the newest file. */
async function timeOf(ledgerPath: string, revisions: readonly StoredRevision[]): Promise<Date> {
  let last = '';
  for await (const { at } of eachJsonLine(ledgerPath, LedgerEvent)) if (at > last) last = at;
  for (const { receipt } of revisions) if (receipt?.storedAt !== undefined && receipt.storedAt > last) last = receipt.storedAt;
  if (last !== '') return new Date(last);
  const times = await Promise.all(revisions.map(({ directory }) => stat(directory).then(({ mtimeMs }) => mtimeMs)));
  return new Date(Math.max(...times));
}

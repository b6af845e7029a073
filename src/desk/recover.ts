import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { reportScript } from '../bundle/report-script.ts';
import { ReconError } from '../domain/errors.ts';
import { LedgerEvent } from '../domain/ledger.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { eachJsonLine } from '../platform/files/append-log.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { exists } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import { readRevisions } from '../records/read-revisions.ts';
import type { StoredRevision } from '../records/revisions.ts';
import { sealTarball } from '../seal/seal-tarball.ts';
import { readSiteSettings } from '../settings/site-settings-file.ts';
import { takeFromStick } from './stick-files.ts';

export interface RecoverOptions {
  /** the new tarball */
  output: string;
  /** name of the site; without it that of recon.yaml */
  site?: string;
  /** what is not an error, and has to be known */
  warn: (sentence: string) => void;
}

/** What an image says of its version when nobody knows it. */
const UNKNOWN_VERSION = 'recovered';

/**
 * Makes a tarball of what lies below records/ alone: on a mounted stick or a copy of it (the directory that holds records/, or records/ itself),
 * or on an image file or device that is not mounted. Nothing there is changed. Gives the number of machines.
 * @throws ReconError `usage` when the output is there already, `not-found` when there are no records
 */
export async function recoverVisit(from: string, { output, site, warn }: RecoverOptions): Promise<number> {
  if (await exists(output)) throw new ReconError('usage', `${output} is there already`, { hint: 'name a new file with -o' });
  const work = join(dirname(resolve(output)), `.${process.pid}-recon-recover`);
  await makeDirectory(work);
  try {
    const root = (await isDirectory(from)) ? await rootOf(from) : await takeFromStick(from, join(work, 'stick'));
    const { revisions, halves, damaged, unnamed } = await readRevisions(root);
    const newest = newestOf(revisions);
    if (newest.length === 0) throw noRecords(from);
    const ledgerPath = join(root, 'ledger.jsonl');
    const notes = [
      'made of records/ without the master: machines that asked and never arrived stand in ledger.jsonl only',
      ...newest
        .filter(({ receipt }) => receipt === undefined)
        .map(({ mac }) => `${mac}: its record is whole, and the machine was never told so`),
      ...damaged,
      ...halves.map((half) => `${half}: half an upload is left out`),
      ...unnamed.map((path) => `${path}: its name is not that of a machine, it is left out`),
    ].map((note) => note.replaceAll(`${root}/`, ''));
    for (const note of notes) warn(note);
    const sealed = await sealTarball({
      directory: join(work, 'sealed'),
      site: site ?? (await siteOf(root)) ?? 'site',
      imageVersion: UNKNOWN_VERSION,
      now: await timeOf(ledgerPath, newest),
      ...{ revisions: newest, missing: [], ledgerPath, replaces: undefined, notes },
      reportScript: await reportScript(),
    });
    await movePath(sealed.path, output);
    return sealed.machines;
  } finally {
    await removePath(work);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new ReconError('not-found', `there is no ${path}`, { cause, hint: 'name a mounted stick, a copy of it, or its device' });
  });
  return found.isDirectory();
}

async function rootOf(directory: string): Promise<string> {
  if (await exists(join(directory, 'records'))) return directory;
  if (basename(resolve(directory)) === 'records') return dirname(resolve(directory));
  throw noRecords(directory);
}

function noRecords(where: string): ReconError {
  return new ReconError('not-found', `${where} holds no records`, {
    hint: 'name the directory that holds records/, an image of the stick, or its device',
  });
}

function newestOf(revisions: readonly StoredRevision[]): StoredRevision[] {
  const newest = new Map<MacAddress, StoredRevision>();
  for (const revision of revisions) if (revision.revision > (newest.get(revision.mac)?.revision ?? 0)) newest.set(revision.mac, revision);
  return [...newest.values()];
}

async function siteOf(root: string): Promise<string | undefined> {
  const read = await readSiteSettings(root);
  return read.outcome === 'read' ? read.settings.site : undefined;
}

/** When the visit was: the last event of the ledger, else the newest record. */
async function timeOf(ledgerPath: string, revisions: readonly StoredRevision[]): Promise<Date> {
  let last = '';
  for await (const { at } of eachJsonLine(ledgerPath, LedgerEvent)) if (at > last) last = at;
  if (last !== '') return new Date(last);
  const times = await Promise.all(revisions.map(({ directory }) => stat(directory).then(({ mtimeMs }) => mtimeMs)));
  return new Date(Math.max(...times));
}

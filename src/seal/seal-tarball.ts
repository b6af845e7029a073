import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { isTimePossible } from '../domain/visit/possible-time.ts';
import type { VisitStart } from '../domain/visit/visit-start.ts';
import { encryptedTo } from '../platform/archive/age.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { errorCode } from '../platform/files/files.ts';
import { type HashedFile, writeHashed } from '../platform/files/hashed-files.ts';
import { mediumFaultOf } from '../platform/files/medium-fault.ts';
import { openSpool } from '../platform/files/spool.ts';
import { revisionName } from '../records/records-of-visits.ts';
import type { ClaimedTarball } from '../records/visit-log.ts';
import { signingCode } from '../tarball/signature.ts';
import { type TarWriter, tarWriter } from '../tarball/tar-writer.ts';
import { type ContentInput, gatherContent } from './gather-content.ts';
import { freeTarballName, hiddenName, isWithoutCapturesName, placeTarball, removeEarlier, withoutCapturesName } from './place-tarball.ts';
import type { SealedRevision } from './sealed-revision.ts';
import { siteInFileName } from './site-in-file-name.ts';
import { SPOOL_MEMORY_BYTES } from './spool-memory.ts';
import { addMembers, type GatheredContent } from './tarball-members.ts';

export interface SealedTarball {
  name: string;
  path: string;
  sizeBytes: number;
  sha256: string;
  /** machines with a record in it; one that came under two addresses counts once */
  machines: number;
  /** what `recon verify` prints of it, when it is signed */
  code?: string;
  /** the revisions that are in it */
  holds?: readonly SealedRevision[];
  /** what could not be put in, and why */
  notes?: readonly string[];
  /** the raw captures were left out, because there was no room */
  isWithoutCaptures?: true;
}

/** Which tarballs on the stick are of one visit. */
export interface VisitTarballs {
  /** those that this visit has made */
  tarballs(): readonly ClaimedTarball[];
  /** notes on the medium that a tarball of this name is about to be this visit's, and which records it holds; never throws */
  claim(name: string, holds: readonly string[]): Promise<void>;
}

export interface TarballInput extends ContentInput {
  /** where the tarball goes */
  directory: string;
  /** what to try when there is no room; that of a master when missing */
  hintWhenFull?: string;
  /** public key of age; the tarball is then encrypted to it, and its name ends with `.age` */
  encryptTo?: string;
  /** this visit's earlier tarball, removed once the new one is safe */
  replaces: Pick<SealedTarball, 'name' | 'holds'> | undefined;
  /**
   * what earlier boots of the same visit have made, which goes as well; tarballs of other visits stay, whatever their names. One that holds a record
   * which the new one lacks stays: it may be the only place where that is.
   */
  ofVisit?: VisitTarballs;
  /** resolves when all that was written before the call is on the medium; without it the file and its directory are synced */
  sync?: () => Promise<void>;
}

/** A receipt that is due while the tarball is written waits for no more than this. */
const SYNC_EVERY_BYTES = 4 * 1024 ** 2;
/** Not named after the visit, so that the next seal replaces what an interrupted one left, whatever the day. */
const SPOOL_NAME = '.seal-spool';

/** `recon-<site>-<YYYY-MM-DD>.tar.gz` (UTC), the usual name; without a day that nobody knows. */
export function tarballName(site: string, now: Date, visit?: Pick<VisitStart, 'isDayKnown'>): string {
  if (!isTimePossible({ at: now.toISOString(), visit })) return `recon-${siteInFileName(site)}-clock-not-set.tar.gz`;
  return `recon-${siteInFileName(site)}-${now.toISOString().slice(0, 10)}.tar.gz`;
}

/**
 * Builds the tarball from the newest revision of each machine, and puts it in place so that it survives a yanked stick: at every moment
 * the one before, or this one, is there whole.
 * @throws ReconError `disk-full`, `verify-failed`, and `medium-failed` when there are records and none can be read
 */
export async function sealTarball(input: TarballInput, spoolMemoryBytes = SPOOL_MEMORY_BYTES): Promise<SealedTarball> {
  const { directory, encryptTo, signingKey, sync } = input;
  const plain = tarballName(input.site, input.now, input.visit);
  const isWithoutCaptures = input.withoutCaptures === true;
  const usual = `${isWithoutCaptures ? withoutCapturesName(plain) : plain}${encryptTo === undefined ? '' : '.age'}`;
  await makeDirectory(directory);
  const name = await freeTarballName(directory, usual);
  const path = join(directory, name);
  const temporary = join(directory, hiddenName(name));
  await removePath(temporary);
  await using spool = await openSpool(join(directory, SPOOL_NAME), spoolMemoryBytes);
  const writer = tarWriter(input.now);
  try {
    const { readable, ...content } = await gatherContent(input, spool);
    requireSome(input.revisions, readable, content.notes);
    const file = await writeTarball(temporary, writer, content, encryptTo);
    await input.ofVisit?.claim(name, readable.map(revisionName));
    await placeTarball({ temporary, path, written: file, sync });
    if (readable.length === input.revisions.length) await removeEarlier(directory, { name, earlier: earlierOnes(input, readable), sync });
    const code = signingKey === undefined ? {} : { code: signingCode(signingKey) };
    const about = { holds: readable, notes: content.notes, ...(isWithoutCaptures ? { isWithoutCaptures } : {}) };
    return { name, path, ...file, machines: content.rows.length, ...about, ...code };
  } catch (error) {
    writer.abort();
    await removePath(temporary).catch(() => {});
    if (mediumFaultOf(error) !== 'full') throw error;
    throw new ReconError('disk-full', `there is no room for ${name}`, {
      hint:
        input.hintWhenFull ??
        `Every record is still there, below records/. Remove old tarballs or ISO images and seal again${isWithoutCaptures ? '' : ', or seal without raw captures'}.`,
      cause: error,
    });
  }
}

/** A tarball without any of the records is no tarball of them: it would take the place of one that has them. */
function requireSome(revisions: readonly unknown[], readable: readonly unknown[], notes: readonly string[]): void {
  if (revisions.length === 0 || readable.length > 0) return;
  throw new ReconError('medium-failed', `none of the ${revisions.length} records can be read: ${notes[0] ?? 'it is not known why'}`, {
    hint: 'Nothing was sealed, and earlier tarballs were left alone. Is the stick still in?',
  });
}

/** What the new one takes the place of: one with captures stays beside one without, and one with a record that is not there any more. */
function earlierOnes({ replaces, ofVisit, withoutCaptures }: TarballInput, held: readonly SealedRevision[]): string[] {
  const last = replaces === undefined ? [] : [{ name: replaces.name, holds: replaces.holds?.map(revisionName) }];
  const replaced = [...(ofVisit?.tarballs() ?? []), ...last].filter((one) => holdsAll(held, one.holds)).map(({ name }) => name);
  return withoutCaptures === true ? replaced.filter(isWithoutCapturesName) : replaced;
}

/** Whether each machine of the earlier one is there with the same record or a newer one. Nobody knows what an older version put into its own. */
function holdsAll(held: readonly SealedRevision[], earlier: readonly string[] = []): boolean {
  const newest = new Map(held.map((one) => [revisionName(one).split('/')[0], one.revision]));
  return earlier.every((name) => {
    const [machine = '', revision] = name.split('/');
    return (newest.get(machine) ?? -1) >= Number(revision);
  });
}

async function writeTarball(path: string, writer: TarWriter, content: GatheredContent, encryptTo: string | undefined): Promise<HashedFile> {
  const output = encryptTo === undefined ? writer.output : await encryptedTo(encryptTo, writer.output);
  const giveUp = (error: unknown): never => {
    writer.abort();
    throw error;
  };
  // of two failures the second only says that the first one ended the archive
  const adding = addMembers(writer, content).catch((error) => (writer.aborted ? undefined : giveUp(error)));
  const [written, added] = await Promise.allSettled([writeHashed(path, output, SYNC_EVERY_BYTES).catch(giveUp), adding]);
  // an archive that was cut off says only that; what the system said of the file is the reason
  if (written.status === 'rejected' && errorCode(written.reason) !== undefined) throw written.reason;
  if (added.status === 'rejected') throw added.reason;
  if (written.status === 'rejected') throw written.reason;
  return written.value;
}

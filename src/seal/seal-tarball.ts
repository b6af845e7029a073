import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { macWithHyphens } from '../domain/values/mac.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { MergedSource } from '../domain/visit-tarball.ts';
import { judgeFleet, type MachineFacts, machineFacts } from '../judge/judge-fleet.ts';
import { encryptedTo } from '../platform/archive/age.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { readSlices } from '../platform/files/file-reader.ts';
import { errorCode, exists, renameDurably } from '../platform/files/files.ts';
import { writeHashed } from '../platform/files/hashed-files.ts';
import { CAPTURE_FILE, RECORD_FILE, type StoredRevision } from '../records/revisions.ts';
import { type ReportParts, reportParts } from '../report/fleet/report-machine.ts';
import { type EarlyRow, type MachineRow, machineRow } from '../report/machine-row.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import { machineDetails } from '../report/page/machine-details.ts';
import { reportPieces } from '../report/page/report-html.ts';
import { nodesCsv } from '../report/tables/nodes-csv.ts';
import { type SigningKey, signatureOf, signingCode } from '../tarball/signature.ts';
import { type TarWriter, tarWriter } from '../tarball/tar-writer.ts';
import { capturedFiles } from './capture-lines.ts';
import { addEarlyMachine, type EarlySources, earlyLine, earlyMachines, earlyRow, verdictLine } from './early-machines.ts';
import { ledgerTimes } from './ledger-times.ts';
import { type ListedMachines, listMachines, withPorts } from './listed-machines.ts';

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
  holds?: readonly StoredRevision[];
  /** what could not be put in, and why */
  notes?: readonly string[];
}

export interface SealedRevision extends StoredRevision {
  /** name of the tarball that it came from, when several are merged */
  source?: string;
}

export interface TarballInput {
  /** where the tarball goes */
  directory: string;
  site: string;
  imageVersion: string;
  now: Date;
  revisions: readonly SealedRevision[];
  /** older records of addresses that stand in `revisions`; they are kept, and listed as nothing of their own */
  earlier?: readonly SealedRevision[];
  /** what is merged here, the oldest first */
  sources?: readonly MergedSource[];
  /** what is known to be missing before anything is written */
  notes?: readonly string[];
  missing: readonly MissingMachine[];
  ledgerPath: string;
  /** what is known of machines without a record; without it only the list of them is in the tarball */
  early?: EarlySources;
  /** program of report.html; without it the page has no search */
  reportScript?: string;
  /** signs the manifest */
  signingKey?: SigningKey;
  /** public key of age; the tarball is then encrypted to it, and its name ends with `.age` */
  encryptTo?: string;
  /** name of this visit's earlier tarball, removed once the new one is safe */
  replaces: string | undefined;
}

/** `recon-<site>-<YYYY-MM-DD>.tar.gz` (UTC); anything odd in the site's name becomes a hyphen. */
export function tarballName(site: string, now: Date): string {
  const plain = site.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'site';
  return `recon-${plain.slice(0, 60)}-${now.toISOString().slice(0, 10)}.tar.gz`;
}

/**
 * Builds the tarball from the newest revision of each machine, and puts it in place so that it survives a yanked stick.
 * @throws ReconError `disk-full`
 */
export async function sealTarball(input: TarballInput): Promise<SealedTarball> {
  const name = `${tarballName(input.site, input.now)}${input.encryptTo === undefined ? '' : '.age'}`;
  const path = join(input.directory, name);
  const temporary = join(input.directory, `.${name}.part`);
  await makeDirectory(input.directory);
  await removePath(temporary);
  const writer = tarWriter(input.now);
  try {
    const output = input.encryptTo === undefined ? writer.output : await encryptedTo(input.encryptTo, writer.output);
    const [file, content] = await Promise.all([writeHashed(temporary, output), fill(writer, input)]);
    await renameDurably(temporary, path);
    if (input.replaces !== undefined && input.replaces !== name) await removePath(join(input.directory, input.replaces));
    return { name, path, ...file, ...content, ...(input.signingKey === undefined ? {} : { code: signingCode(input.signingKey) }) };
  } catch (error) {
    writer.abort();
    await removePath(temporary).catch(() => {});
    if (errorCode(error) !== 'ENOSPC') throw error;
    throw new ReconError('disk-full', `there is no room for ${name}`, {
      hint: 'Every record is still there, below records/. Remove old tarballs or ISO images and seal again.',
      cause: error,
    });
  }
}

async function fill(writer: TarWriter, input: TarballInput): Promise<Pick<SealedTarball, 'machines' | 'holds' | 'notes'>> {
  const notes: string[] = [...(input.notes ?? [])];
  const rows: MachineRow[] = [];
  const facts: MachineFacts[] = [];
  const parts = new Map<string, ReportParts>();
  const readable: SealedRevision[] = [];
  for (const revision of input.revisions) {
    try {
      const record = await readRecord(revision);
      rows.push(machineRow(revision.mac, revision.revision, record));
      facts.push(machineFacts(revision.mac, revision.receipt?.masterSequence ?? 0, record));
      parts.set(revision.mac, reportParts(record));
      readable.push(revision);
    } catch (error) {
      notes.push(`${revision.directory}: the record cannot be read: ${messageOf(error)}`);
    }
  }
  const earlier = withFolders(input.earlier ?? []);
  const visit = judgeFleet(facts);
  const listed = listMachines(rows, facts, visit);
  const ledger = (await exists(input.ledgerPath)) ? await readFile(input.ledgerPath) : undefined;
  const times = ledger === undefined ? undefined : await ledgerTimes(ledger);
  const summary = {
    site: input.site,
    createdAt: input.now.toISOString(),
    imageVersion: input.imageVersion,
    machines: listed.rows.flatMap((row) => {
      const own = parts.get(row.mac);
      return own === undefined ? [] : [{ ...row, ...own, findings: listed.findingsOf.get(row.mac) ?? [] }];
    }),
    missing: withPorts(input.missing, facts, visit),
    findings: visit.findings,
    identity: visit.identity,
    ...definedOnly({ times, script: input.reportScript }),
    ...(input.signingKey === undefined ? {} : { code: signingCode(input.signingKey) }),
  };
  const earlyRows: EarlyRow[] = [];
  for await (const machine of earlyMachines(summary.missing, input.early)) earlyRows.push(earlyRow(machine));
  await writer.addPieces('report.html', async function* () {
    for await (const piece of reportPieces(summary, machineSections(readable, listed))) yield Buffer.from(piece);
  });
  await writer.addPieces('nodes.jsonl', async function* () {
    for (const revision of readable) {
      yield Buffer.from(nodeLine(revision, visit.listedAs.get(revision.mac), await readAgain(revision)));
    }
    for (const { folder, ...revision } of earlier) {
      const sameAs = visit.listedAs.get(revision.mac) ?? revision.mac;
      yield Buffer.from(nodeLine(revision, sameAs, await readAgain(revision), folder));
    }
    for await (const machine of earlyMachines(summary.missing, input.early)) yield Buffer.from(earlyLine(machine));
  });
  await writer.add('nodes.csv', Buffer.from(nodesCsv(listed.rows, earlyRows)));
  await writer.add('verdicts.jsonl', Buffer.from(summary.missing.map(verdictLine).join('')));
  await writer.add('findings.jsonl', Buffer.from(visit.findings.map((finding) => `${JSON.stringify(finding)}\n`).join('')));
  await writer.add('identity.json', Buffer.from(`${JSON.stringify(visit.identity, undefined, 2)}\n`));
  for (const revision of readable) await addMachine(writer, revision, `nodes/${macWithHyphens(revision.mac)}`, notes);
  for (const revision of earlier) await addMachine(writer, revision, revision.folder, notes);
  for await (const machine of earlyMachines(summary.missing, input.early)) await addEarlyMachine(writer, machine, input.early);
  if (ledger !== undefined) await writer.add('ledger.jsonl', ledger);
  const { site, createdAt, imageVersion } = summary;
  const manifest = {
    ...{ manifestVersion: 1, site, createdAt, imageVersion, machines: listed.rows.length, notes },
    ...definedOnly({ sources: input.sources }),
    files: writer.entries,
  };
  const manifestBytes = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  if (input.signingKey !== undefined) await writer.add('manifest.sig', signatureOf(manifestBytes, input.signingKey));
  await writer.add('manifest.json', manifestBytes);
  writer.finish();
  return { machines: listed.rows.length, holds: readable, notes };
}

function nodeLine({ mac, revision, source }: SealedRevision, sameAs: string | undefined, record: NodeRecord, folder?: string): string {
  const head = { mac, revision, ...definedOnly({ sameAs }) };
  const origin = { ...definedOnly({ source, folder }) };
  return `${JSON.stringify({ ...head, ...origin, record })}\n`;
}

/** Each gets a folder below that of its address. */
function withFolders(earlier: readonly SealedRevision[]): (SealedRevision & { folder: string })[] {
  const counts = new Map<string, number>();
  return earlier.map((revision) => {
    const number = (counts.get(revision.mac) ?? 0) + 1;
    counts.set(revision.mac, number);
    return { ...revision, folder: `nodes/${macWithHyphens(revision.mac)}/earlier/${number}` };
  });
}

async function addMachine(writer: TarWriter, { directory, captureSha256 }: SealedRevision, folder: string, notes: string[]): Promise<void> {
  await writer.add(`${folder}/node.json`, await readFile(join(directory, RECORD_FILE)));
  if (captureSha256 === undefined) return;
  try {
    for await (const file of capturedFiles(readSlices(join(directory, CAPTURE_FILE)))) {
      if ('fault' in file) notes.push(`${folder}/capture: ${file.fault}`);
      else await writer.add(`${folder}/capture/${file.path}`, file.content);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOSPC' || writer.aborted) throw error;
    notes.push(`${folder}/capture: cannot be read to its end: ${messageOf(error)}`);
  }
}

async function* machineSections(revisions: readonly StoredRevision[], { rowOf, findingsOf }: ListedMachines): AsyncGenerator<string> {
  for (const revision of revisions) {
    const row = rowOf.get(revision.mac);
    if (row !== undefined) yield machineDetails(row, await readAgain(revision), findingsOf.get(row.mac) ?? []);
  }
}

async function readRecord({ directory }: StoredRevision): Promise<NodeRecord> {
  return NodeRecord.parse(JSON.parse(await readFile(join(directory, RECORD_FILE), 'utf8')));
}

/** A record that was checked before: the check takes most of the time. */
async function readAgain({ directory }: StoredRevision): Promise<NodeRecord> {
  return JSON.parse(await readFile(join(directory, RECORD_FILE), 'utf8')) as NodeRecord;
}

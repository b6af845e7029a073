import { join } from 'node:path';
import { definedOnly } from '../domain/values/defined-only.ts';
import { macWithHyphens } from '../domain/values/mac.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { unpackedFile } from '../platform/archive/unpacked-file.ts';
import { mediumFaultOf } from '../platform/files/medium-fault.ts';
import { CAPTURE_FILE } from '../records/revisions.ts';
import type { TarWriter } from '../tarball/tar-writer.ts';
import { capturedFiles } from './capture-lines.ts';
import type { SealedRevision } from './sealed-revision.ts';

/** A record in the tarball: its line of nodes.jsonl and its folder. */
export interface TarballNode {
  /** what its line says of it, in front of the record */
  head: object;
  /** `nodes/52-54-00-00-00-01`, or one below for an older record */
  folder: string;
  /** adds the files of its capture; what cannot be read goes to `notes` */
  addCapture(writer: TarWriter, notes: string[]): Promise<void>;
}

/** The newest record of each address. */
export function listedNodes(readable: readonly SealedRevision[], listedAs: ReadonlyMap<string, string>): TarballNode[] {
  return readable.map((revision) => {
    const sameAs = listedAs.get(revision.mac);
    return nodeOf(revision, `nodes/${macWithHyphens(revision.mac)}`, { ...definedOnly({ sameAs }), ...originOf(revision) });
  });
}

/** Older records; each gets a folder below that of its address. */
export function earlierNodes(earlier: readonly SealedRevision[], listedAs: ReadonlyMap<string, string>): TarballNode[] {
  const counts = new Map<string, number>();
  return earlier.map((revision) => {
    const { mac } = revision;
    const number = (counts.get(mac) ?? 0) + 1;
    counts.set(mac, number);
    const folder = `nodes/${macWithHyphens(mac)}/earlier/${number}`;
    return nodeOf(revision, folder, { sameAs: listedAs.get(mac) ?? mac, ...originOf(revision), folder });
  });
}

function nodeOf(found: SealedRevision, folder: string, rest: object): TarballNode {
  const { mac, revision } = found;
  return { head: { mac, revision, ...rest }, folder, addCapture: (writer, notes) => addCapture(found, folder, writer, notes) };
}

/** Which tarball, which visit, when, and whether anybody may have sent it. */
function originOf({ source, visitId, receipt, storedAt }: SealedRevision): object {
  return definedOnly({
    source,
    visit: visitId ?? receipt?.visit?.id,
    storedAt: storedAt ?? receipt?.storedAt,
    unleased: receipt?.unleased,
  });
}

async function addCapture(revision: SealedRevision, folder: string, writer: TarWriter, notes: string[]): Promise<void> {
  if (revision.captureSha256 === undefined) return;
  try {
    for await (const file of capturedFiles(unpackedFile(join(revision.directory, CAPTURE_FILE)))) {
      if ('fault' in file) notes.push(`${folder}/capture: ${file.fault}`);
      else await writer.add(`${folder}/capture/${file.path}`, file.content);
    }
  } catch (error) {
    if (mediumFaultOf(error) === 'full' || writer.aborted) throw error;
    notes.push(`${folder}/capture: cannot be read to its end: ${messageOf(error)}`);
  }
}

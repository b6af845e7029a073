import { extract } from 'tar-stream';
import { messageOf } from '../../domain/values/message-of.ts';
import { ArchiveFault, type GzipLimits, gunzipFile } from './gzip-reader.ts';

/** A file in the archive. */
export interface TarMember {
  name: string;
  sizeBytes: number;
  modified: Date | undefined;
  /** to be read before the next member is asked for; what is not read is skipped. Throws where the archive breaks off. */
  content: AsyncIterable<Buffer>;
}

/** Something that is wrong: a member that is not read, or the end of what can be read. The text is a sentence's end. */
export interface TarFault {
  fault: string;
}

export interface TarLimits extends GzipLimits {
  maxMemberBytes: number;
  maxMembers: number;
}

const GIB = 1024 ** 3;

/** Far above the largest visit, and low enough that a made-up file ends soon. */
export const TAR_LIMITS: TarLimits = {
  maxBytes: 64 * GIB,
  maxRatio: 250,
  ratioFromBytes: 64 * 1024 ** 2,
  maxMemberBytes: 4 * GIB,
  maxMembers: 2_000_000,
};

export interface ReadTarOptions {
  limits?: TarLimits;
  /** bytes of the packed file so far */
  onRead?: (bytes: number) => void;
}

/**
 * The files of a .tar.gz, one after the other, and what is wrong with it. Nothing is written to disk; links, devices and names that
 * lead out of a directory are faults. Never throws because of what the file holds.
 */
export async function* readTarGz(path: string, { limits = TAR_LIMITS, onRead }: ReadTarOptions = {}): AsyncGenerator<TarMember | TarFault> {
  const archive = extract();
  const unpacked = gunzipFile(path, limits, onRead);
  const feeding = feed(archive, unpacked);
  const seen = new Set<string>();
  let last = 'its beginning';
  try {
    for await (const entry of archive) {
      const { name, size = 0, type, mtime } = entry.header;
      const pieces = entry[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      const wrong = type === 'directory' ? undefined : faultOf({ name, size, type: type ?? 'file', isTwice: seen.has(name) }, limits);
      if (wrong !== undefined) yield { fault: wrong };
      else if (type !== 'directory')
        yield { name, sizeBytes: size, modified: mtime, content: { [Symbol.asyncIterator]: () => keepOpen(pieces) } };
      seen.add(name);
      last = shown(name);
      if (seen.size > limits.maxMembers) {
        yield { fault: `holds more than ${limits.maxMembers} files: no visit does, and it is not read on` };
        return;
      }
      while ((await pieces.next()).done !== true);
    }
    const fault = await feeding;
    if (fault !== undefined) yield { fault };
  } catch {
    // the archive also ends badly when its bytes do, and then that is the reason
    archive.destroy();
    yield { fault: (await feeding) ?? `is no proper tar archive behind ${last}` };
  } finally {
    archive.destroy();
    await unpacked.return(undefined);
  }
}

type Archive = ReturnType<typeof extract>;

/** Gives the archive its bytes at the pace it takes them; says why they ended, when they did not end well. */
async function feed(archive: Archive, unpacked: AsyncIterable<Buffer>): Promise<string | undefined> {
  let fault: string | undefined;
  let isClosed = false;
  let wake = (): void => {};
  archive.on('drain', () => wake());
  archive.once('close', () => {
    isClosed = true;
    wake();
  });
  try {
    for await (const piece of unpacked) {
      if (isClosed) return undefined;
      if (archive.write(piece)) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } catch (error) {
    fault = error instanceof ArchiveFault ? error.message : `cannot be read: ${messageOf(error)}`;
  }
  archive.end(undefined);
  return fault;
}

/** Leaving a loop early must not close the whole archive, as it does with the entry's own iterator. */
function keepOpen(pieces: AsyncIterator<Buffer>): AsyncIterator<Buffer> {
  return { next: () => pieces.next() };
}

function faultOf(entry: { name: string; size: number; type: string; isTwice: boolean }, limits: TarLimits): string | undefined {
  const { name, size, type, isTwice } = entry;
  if (!isSafe(name)) return `holds ${shown(name)}, a name that leads elsewhere: not read`;
  if (type !== 'file' && type !== 'contiguous-file') return `holds ${shown(name)}, a ${type} and no file: not read`;
  if (isTwice) return `holds ${shown(name)} twice: the second was not read`;
  if (size > limits.maxMemberBytes) return `holds ${shown(name)} of ${size} bytes, which is too large for any visit: not read`;
  return undefined;
}

/** A relative path in its plainest form, that no system takes for anything else. */
function isSafe(name: string): boolean {
  if (name === '' || name.length > 4096 || /[\0-\x1f\x7f\\]/.test(name) || /^[A-Za-z]:/.test(name)) return false;
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** A name as it may be printed: a terminal obeys some characters. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200)).replaceAll(/[\x7f-\x9f]/g, '?');
}

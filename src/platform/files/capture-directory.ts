import { type Dirent, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { isCapturePath } from '../../domain/capture.ts';
import { ReconError } from '../../domain/errors.ts';
import { errorCode } from './files.ts';

/** What is in a capture directory, one that a person put together too. */
export interface CaptureDirectory {
  /** by path below it; packed ones as what is in them */
  files: Map<string, Buffer>;
  unread: { path: string; reason: string }[];
}

/** Longer outputs of a tool are none, and a packed one could fill the memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads all files of a capture directory, in byte order of their paths. Below `raw/` whatever their names are, and unpacked where they end with .gz or .zst; what
 * cannot be read there has a reason. Links are not followed.
 * @throws ReconError `capture-unreadable` when there is no such directory
 */
export async function readCaptureDirectory(directory: string): Promise<CaptureDirectory> {
  const read: CaptureDirectory = { files: new Map(), unread: [] };
  const entries = await entriesOf(directory);
  const top = join(directory, '/').length;
  const named = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name).slice(top);
    return { entry, path, order: Buffer.from(path) };
  });
  named.sort((a, b) => Buffer.compare(a.order, b.order));
  for (const { entry, path } of named) {
    const isOutput = path.startsWith('raw/');
    const isEmpty = entry.isDirectory() && isOutput && !named.some((other) => other.path.startsWith(`${path}/`));
    const reason = isEmpty ? 'an empty directory' : entry.isFile() || entry.isDirectory() ? undefined : noFile(entry);
    if (reason !== undefined && isOutput) read.unread.push({ path, reason });
    if (!entry.isFile() || (path.startsWith('fs/') && !isCapturePath(path))) continue;
    // thousands of small files: a call each that waits costs more than what it reads
    const bytes = readFileSync(join(directory, path));
    if (isOutput) unpack(path, bytes, read);
    else read.files.set(path, bytes);
  }
  return read;
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (cause) {
    throw new ReconError('capture-unreadable', `cannot read the capture directory ${directory}: ${errorCode(cause)}`, { cause });
  }
}

function noFile(entry: Dirent): string {
  return entry.isSymbolicLink() ? 'a link, and links are not followed' : 'neither a file nor a directory';
}

function unpack(path: string, bytes: Buffer, { files, unread }: CaptureDirectory): void {
  const ending = /\.(tar\.\w+|tgz|tar|zip|7z|rar|xz|bz2|lzma|gz|zst)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending !== undefined && ending !== 'gz' && ending !== 'zst') {
    unread.push({ path, reason: `packed (.${ending}): unpack it first` });
    return;
  }
  try {
    const limit = { maxOutputLength: MOST_BYTES };
    files.set(path, ending === 'gz' ? gunzipSync(bytes, limit) : ending === 'zst' ? zstdDecompressSync(bytes, limit) : bytes);
  } catch (error) {
    unread.push({ path, reason: `it cannot be unpacked: ${errorCode(error)}` });
  }
}

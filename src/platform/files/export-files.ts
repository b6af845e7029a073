import { randomBytes } from 'node:crypto';
import { appendFile, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { makeDirectory } from './directories.ts';

interface Piece {
  file: string;
  text: string;
}

/** So much text waits in memory before it is written. */
const WAITING_CHARACTERS = 4 * 1024 ** 2;

/**
 * Makes the directory where there is none.
 * @param hint what to try when there is something in it
 * @throws ReconError `not-writable` when there is something in it, or it cannot be made
 */
export async function emptyDirectory(path: string, hint = 'name a new directory with -o'): Promise<string> {
  try {
    await makeDirectory(path);
    if ((await readdir(path)).length === 0) return path;
  } catch (error) {
    throw new ReconError('not-writable', `cannot write to ${path}: ${messageOf(error)}`, {
      ...{ cause: error, hint: 'name another place with -o' },
    });
  }
  throw new ReconError('not-writable', `${path} is not empty`, { hint });
}

/** Appends each piece to its file in the directory. A piece's file is a plain name. @throws ReconError `not-writable` */
export async function appendPieces(directory: string, pieces: AsyncIterable<Piece>): Promise<void> {
  let waiting = new Map<string, string>();
  let characters = 0;
  const write = async (): Promise<void> => {
    for (const [file, text] of waiting) await append(join(directory, basename(file)), text);
    waiting = new Map();
    characters = 0;
  };
  for await (const { file, text } of pieces) {
    waiting.set(file, (waiting.get(file) ?? '') + text);
    characters += text.length;
    if (characters > WAITING_CHARACTERS) await write();
  }
  await write();
}

async function append(path: string, text: string): Promise<void> {
  try {
    await appendFile(path, text);
  } catch (error) {
    throw new ReconError('not-writable', `cannot write ${path}: ${messageOf(error)}`, {
      ...{ cause: error, hint: 'name another place with -o' },
    });
  }
}

/** Writes all pieces to one file, which is replaced when they are complete. @throws ReconError `not-writable` */
export async function replaceWithPieces(path: string, pieces: AsyncIterable<{ text: string | Uint8Array }>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      for await (const { text } of pieces) await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof ReconError) throw error;
    throw new ReconError('not-writable', `cannot write ${path}: ${messageOf(error)}`, {
      ...{ cause: error, hint: 'name another place with -o' },
    });
  }
}

import { join } from 'node:path';
import { COLLECTORS_DIRECTORY, COLLECTORS_MANIFEST, type Collector, CollectorsManifest } from '../domain/collectors.ts';
import { namesIn } from '../platform/files/directories.ts';
import { fileFacts } from '../platform/files/file-reader.ts';
import { exists, readOrUndefined } from '../platform/files/files.ts';
import { savedText } from './saved-text.ts';
import { settingsFromText } from './settings-text.ts';

const TIMEOUT_SECONDS = 60;
/** They travel to every peer and lie in its RAM. */
const ALL_CAP_BYTES = 64 * 1024 * 1024;
const ELF = Buffer.from('\x7fELF', 'latin1');

/** What the operator's folder of collectors says. */
export interface FoundCollectors {
  /** all files of the folder; those of them that are scripts of another system, as they must be to run here */
  files: { name: string; mended?: Buffer }[];
  collectors: Collector[];
  /** sentences with file and line; with any of them, no collector is used */
  mistakes: string[];
  /** what was mended */
  said: string[];
}

/** Reads `collectors/` of a stick, and changes nothing. Without a manifest nothing is run, and if files are there that is a mistake. */
export async function readCollectors(stick: string): Promise<FoundCollectors> {
  const from = join(stick, COLLECTORS_DIRECTORY);
  const files = await filesIn(from);
  if (files.length === 0) return { files: [], collectors: [], mistakes: [], said: [] };
  const where = `${COLLECTORS_DIRECTORY}/${COLLECTORS_MANIFEST}`;
  const manifest = await readOrUndefined(join(from, COLLECTORS_MANIFEST));
  if (manifest === undefined) return wrong(`${COLLECTORS_DIRECTORY}/ has programs, but no ${COLLECTORS_MANIFEST} that says what to run`);
  const parsed = settingsFromText(savedText(manifest).text, CollectorsManifest);
  if (parsed.outcome === 'wrong')
    return wrong(
      ...parsed.mistakes.map(({ line, message, hint }) => `${where} line ${line}: ${message}${hint === undefined ? '' : `; ${hint}`}`),
    );
  const { collectors } = parsed.settings;
  const missing = collectors.find(({ run }) => !files.some((file) => file.name === run));
  if (missing !== undefined) return wrong(`${where}: ${missing.name}: there is no file ${missing.run} beside it`);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes > ALL_CAP_BYTES) return wrong(`${COLLECTORS_DIRECTORY}/ has ${sizeBytes} bytes; peers are given ${ALL_CAP_BYTES} at most`);
  const run = new Set(collectors.map((one) => one.run));
  const looked = await Promise.all(files.map(async ({ name }) => ({ name, ...(await lookAt(join(from, name), run.has(name))) })));
  return {
    files: looked.map(({ name, mended }) => (mended === undefined ? { name } : { name, mended })),
    collectors: collectors.map(({ name, run: file, arguments: words = [], timeoutSeconds = TIMEOUT_SECONDS }) => ({
      ...{ name, run: file, arguments: words },
      timeoutMs: timeoutSeconds * 1000,
    })),
    mistakes: looked.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${COLLECTORS_DIRECTORY}/${name}: ${problem}`])),
    said: looked.flatMap(({ name, mended }) =>
      mended === undefined
        ? []
        : [`${COLLECTORS_DIRECTORY}/${name} was saved for another system (line ends, encoding): its copy is mended`],
    ),
  };
}

/** A script that an editor of Windows has saved: the kernel takes the CR for a part of the interpreter's name, and a byte order mark for no script at all. */
async function lookAt(path: string, isRun: boolean): Promise<{ mended?: Buffer; problem?: string }> {
  const bytes = (await readOrUndefined(path)) ?? Buffer.alloc(0);
  if (bytes.subarray(0, ELF.length).equals(ELF)) return {};
  const isText = !bytes.subarray(0, 1024).includes(0) || savedText(bytes).encoding === 'UTF-16';
  const text = isText ? savedText(bytes).text.replace(/^\uFEFF/, '') : '';
  if (text.startsWith('#!')) {
    const plain = savedText(bytes).encoding === 'Windows-1252' ? withoutReturns(bytes) : Buffer.from(text);
    return plain.equals(bytes) ? {} : { mended: plain };
  }
  return isRun ? { problem: 'it is no program that can be run: a script begins with #! and its interpreter, such as #!/bin/sh' } : {};
}

/** Of bytes that are no UTF-8, an archive behind the script's last line among them, none is read as a letter; where the first line is one of Unix, all are. */
function withoutReturns(bytes: Buffer): Buffer {
  const letters = bytes.toString('latin1');
  return /^#![^\n]*\r\n/.test(letters) ? Buffer.from(letters.replaceAll('\r\n', '\n'), 'latin1') : bytes;
}

function wrong(...mistakes: string[]): FoundCollectors {
  return { files: [], collectors: [], mistakes, said: [] };
}

/** Files with odd names (`._run.sh` of a Mac, `Thumbs.db:x`) are no part of it. */
async function filesIn(directory: string): Promise<{ name: string; sizeBytes: number }[]> {
  const found: { name: string; sizeBytes: number }[] = [];
  for (const name of (await exists(directory)) ? await namesIn(directory) : []) {
    const facts = await fileFacts(join(directory, name));
    if (facts !== undefined && /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)) found.push({ name, sizeBytes: facts.sizeBytes });
  }
  return found;
}

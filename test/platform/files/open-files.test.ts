import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { firstBytes } from '../../../src/platform/archive/decrypted-file.ts';
import { gunzipFile } from '../../../src/platform/archive/gzip-reader.ts';
import { eachJsonLine, mendLastLine, readJsonLines } from '../../../src/platform/files/append-log.ts';
import { replaceWithPieces } from '../../../src/platform/files/export-files.ts';
import { syncPath, temporaryDirectory, writeAtomic } from '../../../src/platform/files/files.ts';
import { hashOnMedium, writeHashed } from '../../../src/platform/files/hashed-files.ts';
import { overwriteFiles } from '../../../src/platform/files/overwrite-files.ts';
import { writeReport } from '../../../src/platform/files/report-file.ts';
import { rootedFiles } from '../../../src/platform/files/rooted-files.ts';
import { openSpool } from '../../../src/platform/files/spool.ts';
import { openTextLog } from '../../../src/platform/files/text-log.ts';
import { openConsoles } from '../../../src/platform/machine/consoles.ts';
import { createSparseFile, readImageHead, resizeFile, writeAt } from '../../../src/platform/machine/disk-image-file.ts';

/** Each is done to a file that is there; a master runs for days, and a descriptor that stays open is lost to it. */
const work: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  syncPath,
  hashOnMedium,
  mendLastLine,
  firstBytes,
  overwriteFiles,
  writeAtomic: (path) => writeAtomic(path, 'x'),
  writeHashed: (path) => writeHashed(`${path}.new`, [Buffer.from('x')]),
  'writeHashed of chunks that fail': (path) => writeHashed(`${path}.new`, failing()).catch(() => {}),
  readJsonLines: (path) => readJsonLines(path, z.unknown()),
  'eachJsonLine, left at the first line': async (path) => {
    for await (const value of eachJsonLine(path, z.unknown())) {
      assert.deepEqual(value, { a: 1 });
      break;
    }
  },
  replaceWithPieces: (path) => replaceWithPieces(path, pieces('x')),
  writeReport: (path) => writeReport(`${path}.d`, pieces('x')).catch(() => {}),
  'rootedFiles, a file': (path) => rootedFiles('/').read(path.slice(1), 10),
  'rootedFiles, a device': () => rootedFiles('/').read('dev/null', 10),
  openSpool: async (path) => {
    await using spool = await openSpool(`${path}.spool`, 0);
    await spool.list().add(Buffer.alloc(2 * 1024 ** 2));
  },
  openTextLog: async (path) => (await openTextLog(path)).close(),
  createSparseFile: (path) => createSparseFile(path, 100),
  resizeFile: (path) => resizeFile(path, 100),
  openConsoles: async (path) => (await openConsoles([path])).close(),
  writeAt: (path) => writeAt(path, 3, Buffer.from('x')),
  readImageHead: (path) => readImageHead(path, 3),
  gunzipFile: async (path) => {
    await writeFile(path, gzipSync('words'));
    const limits = { maxBytes: 100, maxRatio: 100, ratioFromBytes: 100 };
    for await (const piece of gunzipFile(path, limits)) assert.equal(String(piece), 'words');
  },
};
for (const [name, act] of Object.entries(work)) {
  it(`${name} leaves no file open`, async () => {
    await using directory = await temporaryDirectory('recon-open-');
    const path = join(directory.path, 'file');
    await writeFile(path, '{"a":1}\n{"b"');
    await mkdir(`${path}.d`);
    await writeFile(`${path}.d/report.html`, 'of somebody');
    await act(path);
    const ours = (): string[] =>
      openFiles().filter((target) => target.startsWith(directory.path) || (name.includes('device') && target === '/dev/null'));
    const expected = name.includes('device') ? nullsAtStart : [];
    // a stream that has ended closes its file behind our back
    for (let turn = 0; turn < 1000 && ours().length > expected.length; turn += 1) await new Promise(setImmediate);
    assert.deepEqual(ours(), expected);
    assert.deepEqual(collected.splice(0), [], 'nobody closed it but the garbage collection');
  });
}

/** Node closes a forgotten file when it finds it, and warns. */
const collected: string[] = [];
process.on('warning', ({ message }) => {
  if (message.includes('garbage collection')) collected.push(message);
});

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return [];
    }
  });
}

/** standard input may be /dev/null */
const nullsAtStart = openFiles().filter((target) => target === '/dev/null');

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('x');
  throw new Error('no more');
}

// biome-ignore lint/suspicious/noExplicitAny: a text for one reader, a piece with its file for the other
async function* pieces(text: string): AsyncGenerator<any> {
  yield Object.assign(text, { file: 'file', text });
}

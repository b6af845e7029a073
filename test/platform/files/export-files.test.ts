import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { appendPieces, emptyDirectory, replaceWithPieces } from '../../../src/platform/files/export-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { GENERATOR, writeReport } from '../../../src/platform/files/report-file.ts';
import { replaceBuiltin } from './replace-builtin.ts';

async function* pieces(...all: [file: string, text: string][]): AsyncGenerator<{ file: string; text: string }> {
  for (const [file, text] of all) yield { file, text };
}
async function* texts(...all: string[]): AsyncGenerator<string> {
  yield* all;
}

it('makes a directory, takes an empty one, and refuses one with something in it', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const path = join(directory.path, 'a/b');
  assert.equal(await emptyDirectory(path), path);
  assert.equal(await emptyDirectory(path), path);
  await assert.rejects(emptyDirectory(directory.path), { code: 'not-writable', message: `${directory.path} is not empty` });
  await writeFile(join(path, 'file'), '');
  await assert.rejects(emptyDirectory(join(path, 'file')), { code: 'not-writable', message: /^cannot write to .*EEXIST/ });
});

it('appends each piece to its file, and never to one elsewhere', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  await writeFile(join(directory.path, 'a'), '0');
  await appendPieces(directory.path, pieces(['a', '1'], ['b', '2'], ['a', '3'], ['../../c', '4']));
  const read = async (name: string): Promise<string> => readFile(join(directory.path, name), 'utf8');
  assert.deepEqual([await read('a'), await read('b'), await read('c')], ['013', '2', '4']);
  await assert.rejects(appendPieces(join(directory.path, 'none'), pieces(['a', '1'])), {
    code: 'not-writable',
    message: /^cannot write .*none\/a: /,
  });
});

it('keeps at most four million characters in memory', async (t) => {
  const written: number[] = [];
  replaceBuiltin(t, 'appendFile', async (_path: string, text: string) => written.push(text.length));
  const million = 'x'.repeat(1024 ** 2);
  await appendPieces(
    '/nowhere',
    pieces(['a', million], ['b', million], ['a', million], ['b', million], ['a', 'x'], ['c', 'y'], ['c', 'y'], ['a', 'z']),
  );
  assert.deepEqual(written, [2 * 1024 ** 2 + 1, 2 * 1024 ** 2, 2, 1]);
});

it('replaces a file when all pieces are there, and leaves it and nothing else when one fails', async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const path = join(directory.path, 'file');
  await writeFile(path, 'old');
  async function* failing(error: Error): AsyncGenerator<{ file: string; text: string }> {
    yield { file: 'file', text: 'half' };
    throw error;
  }
  const ours = new ReconError('usage', 'ours');
  await assert.rejects(replaceWithPieces(path, failing(ours)), ours);
  await assert.rejects(replaceWithPieces(path, failing(new Error('full'))), {
    code: 'not-writable',
    message: `cannot write ${path}: full`,
  });
  assert.deepEqual([await readdir(directory.path), await readFile(path, 'utf8')], [['file'], 'old']);
  await replaceWithPieces(path, pieces(['file', 'new '], ['file', 'words']));
  assert.deepEqual([await readdir(directory.path), await readFile(path, 'utf8')], [['file'], 'new words']);
  assert.equal((await stat(path)).mode & 0o777, 0o644);
  const below = join(directory.path, 'none/file');
  await assert.rejects(replaceWithPieces(below, pieces(['file', 'x'])), { code: 'not-writable', message: /^cannot write .*ENOENT/ });
});

it("writes a report over one of ours, and never over somebody's page", async () => {
  await using directory = await temporaryDirectory('recon-export-');
  const report = `<!doctype html>${GENERATOR}1">é`;
  const where = join(directory.path, 'new');
  const expected = { path: join(where, 'report.html'), sizeBytes: Buffer.byteLength(report) };
  assert.deepEqual(await writeReport(where, texts(...report)), expected);
  assert.deepEqual(await writeReport(where, texts(report, 'more')), { ...expected, sizeBytes: expected.sizeBytes + 4 });
  await writeFile(expected.path, `${'x'.repeat(1024)}${GENERATOR}`);
  await assert.rejects(writeReport(where, texts(report)), { code: 'not-writable', message: /is there already, and is no report/ });
  await writeFile(expected.path, `${'x'.repeat(1024 - GENERATOR.length)}${GENERATOR}`);
  await writeReport(where, texts(report));
  await writeFile(expected.path, `${GENERATOR}from its first byte`);
  await writeReport(where, texts(report));
  const loop = join(directory.path, 'loop');
  await mkdir(loop);
  await symlink('report.html', join(loop, 'report.html'));
  await assert.rejects(writeReport(loop, texts(report)), { code: 'not-writable', message: /^cannot write to .*ELOOP/ });
  await assert.rejects(writeReport(expected.path, texts(report)), { code: 'not-writable', message: /^cannot write to .*EEXIST/ });
  await writeFile(join(directory.path, 'file'), '');
  await assert.rejects(writeReport(join(directory.path, 'file/sub'), texts(report)), {
    code: 'not-writable',
    message: /^cannot write to /,
  });
});

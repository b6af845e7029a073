import assert from 'node:assert/strict';
import callbacks from 'node:fs';
import fs, { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { RECORD_FILE } from '../../src/records/revisions.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { recordFor } from '../master/fixture-records.ts';
import { asking, inputOf, largeRecords, stored } from './seal-input.ts';
import { tarballFiles } from './tarball-files.ts';

const FIRST = '52:54:00:00:00:01';
const SECOND = '52:54:00:00:00:02';
const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

test('one seal opens each record once and parses it once, older ones too', async (context) => {
  await using directory = await temporaryDirectory('recon-seal-');
  const input = await inputOf(directory.path, [
    [FIRST, JSON.stringify(recordFor('S1'))],
    [SECOND, pretty(recordFor('S2'))],
    ['52:54:00:00:00:03', '{'],
  ]);
  const earlier = [await stored(directory.path, FIRST, JSON.stringify(recordFor('S0')))];
  const { opened, parsed } = countReadings(context, ['"S0"', '"S1"', '"S2"']);
  const sealed = await sealTarball({ ...input, earlier });
  assert.equal(sealed.machines, 2);
  assert.deepEqual(
    [...opened],
    [...input.revisions, ...earlier].map(({ directory: from }) => [join(from, RECORD_FILE), 1]),
  );
  assert.deepEqual([...parsed].sort(), [
    ['"S0"', 1],
    ['"S1"', 1],
    ['"S2"', 1],
  ]);
  assert.match(sealed.notes?.join() ?? '', /^\S+: the record cannot be read: .*JSON/);
});

test('a record stands in its own file as it came, and on one line of nodes.jsonl', async () => {
  await using directory = await temporaryDirectory('recon-seal-');
  const texts = [JSON.stringify(recordFor('S1')), pretty(recordFor('S2')), JSON.stringify(recordFor('S3')), pretty(recordFor('S4'))];
  const macs = texts.map((_, at) => `52:54:00:00:00:0${at + 1}`);
  const input = await inputOf(
    directory.path,
    macs.map((mac, at) => [mac, texts[at] ?? '']),
  );
  const files = await tarballFiles(await readFile((await sealTarball(input)).path));
  for (const [at, mac] of macs.entries()) {
    assert.equal(files.get(`nodes/${mac.replaceAll(':', '-')}/node.json`)?.toString(), texts[at]);
    const expected = JSON.stringify({ mac, revision: 1, record: JSON.parse(texts[at] ?? '') });
    assert.equal(files.get('nodes.jsonl')?.toString().split('\n')[at], expected);
  }
  assert.match(files.get('nodes.jsonl')?.toString() ?? '', /\}\n$/);
});

test('a tarball is the same when its records wait in a file, which goes with the seal; one that was left goes, too', async () => {
  await using directory = await temporaryDirectory('recon-seal-');
  const sizes: number[] = [];
  const look = async (): Promise<undefined> => {
    sizes.push(await sizeOf(join(input.directory, '.seal-spool')));
  };
  const input = { ...(await inputOf(directory.path, largeRecords())), ...asking(look) };
  const inMemory = await sealTarball({ ...input, directory: join(directory.path, 'memory') });
  assert.deepEqual(new Set(sizes), new Set([0]));
  await mkdir(input.directory);
  await writeFile(join(input.directory, '.seal-spool'), 'left by a seal that was interrupted');
  const inFile = await sealTarball(input, 0);
  const largest = Math.max(...sizes);
  assert.ok(largest > 1024 ** 2, `the file had ${largest} bytes`);
  assert.equal(inFile.sha256, inMemory.sha256);
  assert.deepEqual(await readdir(input.directory), [inFile.name]);
});

async function sizeOf(path: string): Promise<number> {
  return fs.stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Counts how often each record is opened, and each of the texts is parsed. */
function countReadings(context: TestContext, texts: readonly string[]): Record<'opened' | 'parsed', Map<string, number>> {
  const { mock } = context;
  const [opened, parsed] = [new Map<string, number>(), new Map<string, number>()];
  const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const countOpening = (path: unknown): void => {
    if (typeof path === 'string' && path.endsWith(RECORD_FILE)) count(opened, path);
  };
  for (const [module, name] of [
    [fs, 'readFile'],
    [fs, 'open'],
    [callbacks, 'createReadStream'],
    [callbacks, 'readFileSync'],
  ] as const) {
    const real = module[name as keyof typeof module] as (...args: unknown[]) => unknown;
    mock.method(
      module,
      name as never,
      ((...args: unknown[]) => {
        countOpening(args[0]);
        return real(...args);
      }) as never,
    );
  }
  const parse = JSON.parse;
  mock.method(JSON, 'parse', (text: string) => {
    for (const one of texts) if (String(text).includes(one)) count(parsed, one);
    return parse(text);
  });
  syncBuiltinESMExports();
  context.after(() => {
    mock.restoreAll();
    syncBuiltinESMExports();
  });
  return { opened, parsed };
}

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { capture } from '../../../src/peer/capture/capture.ts';
import { normaliseDirectory } from '../../../src/peer/capture/directory.ts';
import { plannedCollectors } from '../../../src/peer/operator-collectors.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { run } from '../../../src/platform/process/command.ts';
import { keepCollectors } from '../../../src/service/settings/collectors-folder.ts';

async function stick(files: Record<string, string | Buffer>) {
  const directory = await temporaryDirectory('recon-collectors-');
  await mkdir(join(directory.path, 'collectors'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, 'collectors', name), text, { mode: 0o644 });
  return { path: directory.path, kept: join(directory.path, 'kept'), [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

const MANIFEST = `collectors:
  - name: card
    run: card.sh
    arguments: ["two words", "$HOME"]
  - name: slow
    run: slow.sh
    timeoutSeconds: 1
  - name: broken
    run: broken.sh
`;

test('collectors of the stick run with a time limit, and what they say is in the record', async () => {
  await using data = await stick({
    'collectors.yaml': MANIFEST,
    'card.sh': '#!/bin/sh\nprintf \'{"argument":"%s","second":"%s"}\' "$1" "$2"\n',
    'slow.sh': '#!/bin/sh\necho begun\nexec sleep 60\n',
    'broken.sh': '#!/bin/sh\necho no licence >&2\nexit 7\n',
    'library.sh': 'true\n',
    '._card.sh': 'what a Mac leaves behind',
  });
  assert.deepEqual(await keepCollectors(data.path, data.kept), {
    names: ['card', 'slow', 'broken'],
    mistakes: [],
    unlisted: ['library.sh'],
  });
  const planned = await plannedCollectors(data.kept);
  await capture(join(data.path, 'capture'), { run, log: silentLog, root: data.kept, extend: () => planned });
  const section = (await normaliseDirectory(join(data.path, 'capture'))).sections.custom;
  assert.equal(section?.status, 'ok');
  const [card, slow, broken] = section.data;
  assert.deepEqual(card?.data, { argument: 'two words', second: '$HOME' });
  assert.deepEqual([slow?.name, slow?.status, slow?.lines], ['slow', 'timeout', ['begun']]);
  assert.deepEqual([broken?.status, broken?.reason], ['failed', 'exit code 7: no licence']);
});

test('mistakes in the manifest are told with their line, and nothing is run', async () => {
  await using typo = await stick({ 'collectors.yaml': 'collectors:\n  - name: a\n    rum: a.sh\n', 'a.sh': '' });
  assert.deepEqual((await keepCollectors(typo.path, typo.kept)).mistakes, [
    'collectors/collectors.yaml line 2: collectors.0: run is missing',
    'collectors/collectors.yaml line 3: collectors.0: "rum" is not a setting; did you mean "run"?',
  ]);
  assert.deepEqual(await plannedCollectors(typo.kept), []);
  await using missing = await stick({ 'collectors.yaml': 'collectors:\n  - name: a\n    run: a.sh\n' });
  assert.match((await keepCollectors(missing.path, missing.kept)).mistakes[0] ?? '', /there is no file a\.sh/);
  await using twice = await stick({ 'collectors.yaml': 'collectors:\n  - {name: a, run: a.sh}\n  - {name: a, run: a.sh}\n', 'a.sh': '' });
  assert.match((await keepCollectors(twice.path, twice.kept)).mistakes[0] ?? '', /line 3: .*"a" is there twice/);
  await using outside = await stick({ 'collectors.yaml': 'collectors:\n  - {name: a, run: ../../bin/sh}\n' });
  assert.match((await keepCollectors(outside.path, outside.kept)).mistakes[0] ?? '', /not the plain name of a file/);
});

test('programs without a manifest are a mistake; no folder is none', async () => {
  await using data = await stick({ 'a.sh': '' });
  assert.match((await keepCollectors(data.path, data.kept)).mistakes[0] ?? '', /no collectors\.yaml/);
  await using empty = await temporaryDirectory('recon-collectors-');
  assert.deepEqual(await keepCollectors(empty.path, join(empty.path, 'kept')), { names: [], mistakes: [], unlisted: [] });
});

test('scripts that an editor of Windows has saved are mended in the copy, and run', async () => {
  await using data = await stick({
    'collectors.yaml': 'collectors:\r\n  - name: lines\r\n    run: lines.sh\r\n  - name: mark\r\n    run: mark.sh\r\n',
    'lines.sh': '#!/bin/sh\r\necho hello\r\n',
    'mark.sh': '\uFEFF#!/bin/sh\necho marked\n',
    'mixed.sh': '#!/bin/sh\necho mixed\r\n',
    'western.sh': Buffer.from('#!/bin/sh\r\necho \xfc\r\n', 'latin1'),
    'archive.sh': Buffer.from('#!/bin/sh\nexit\n\xff\xfe\r\n\x80', 'latin1'),
    'data.txt': 'a\r\n',
  });
  const said: string[] = [];
  assert.deepEqual((await keepCollectors(data.path, data.kept, (line) => said.push(line))).mistakes, []);
  assert.equal(said.length, 4);
  assert.equal(await readFile(join(data.kept, 'mixed.sh'), 'utf8'), '#!/bin/sh\necho mixed\n');
  assert.equal(await readFile(join(data.kept, 'western.sh'), 'latin1'), '#!/bin/sh\necho \xfc\n');
  assert.equal(await readFile(join(data.kept, 'archive.sh'), 'latin1'), '#!/bin/sh\nexit\n\xff\xfe\r\n\x80');
  assert.equal(await readFile(join(data.kept, 'data.txt'), 'utf8'), 'a\r\n', 'what is no script stays as it is');
  const planned = await plannedCollectors(data.kept);
  await capture(join(data.path, 'capture'), { run, log: silentLog, root: data.kept, extend: () => planned });
  const section = (await normaliseDirectory(join(data.path, 'capture'))).sections.custom;
  assert.deepEqual(section?.status === 'ok' && section.data.map(({ name, status, lines }) => [name, status, lines]), [
    ['lines', 'ok', ['hello']],
    ['mark', 'ok', ['marked']],
  ]);
});

test('what cannot be run is told at the start, not on every machine', async () => {
  await using data = await stick({ 'collectors.yaml': 'collectors:\n  - name: a\n    run: a.sh\n', 'a.sh': 'echo hello\n' });
  assert.match(
    (await keepCollectors(data.path, data.kept)).mistakes.join(),
    /^collectors\/a\.sh: it is no program that can be run: a script begins with #!/,
  );
});

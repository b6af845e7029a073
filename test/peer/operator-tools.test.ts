import assert from 'node:assert/strict';
import { mkdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { keepOperatorTools, operatorToolsEnvironment, POST_TOOLS } from '../../src/peer/operator-tools.ts';
import { buildPostArchive } from '../../src/peer/post-archive.ts';
import { checkedMembers } from '../../src/peer/post-members.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { run } from '../../src/platform/process/command.ts';

const TOOL = '#!/bin/sh\necho "{}"\n';

test('programs from the stick can be run, and travel in post.tgz', async () => {
  await using work = await temporaryDirectory('recon-tools-');
  const [stick, kept, bundle] = [join(work.path, 'stick'), join(work.path, 'kept'), join(work.path, 'bundle.mjs')];
  await mkdir(join(stick, 'a directory'), { recursive: true });
  await writeFile(join(stick, 'storcli64'), TOOL, { mode: 0o644 });
  await writeFile(join(stick, '-rf'), TOOL);
  await writeFile(join(stick, '._storcli64'), 'what a Mac leaves behind');
  await writeFile(bundle, 'console.log(1);\n');
  assert.deepEqual(await keepOperatorTools(stick, kept, silentLog), ['storcli64']);
  const environment = await operatorToolsEnvironment(kept, '/usr/bin:/bin');
  assert.deepEqual(environment, { PATH: `/usr/bin:/bin:${kept}` });
  const ran = await run(['storcli64'], { timeoutMs: 60_000, environment });
  assert.equal(ran.stdout.toString(), '{}');
  // a program of the system is never replaced
  await writeFile(join(kept, 'ls'), '#!/bin/sh\necho another\n', { mode: 0o755 });
  assert.notEqual((await run(['ls', '/'], { timeoutMs: 60_000, environment })).stdout.toString(), 'another');

  const archive = await buildPostArchive(bundle, { toolsDirectory: kept });
  assert.deepEqual(await buildPostArchive(bundle, { toolsDirectory: kept }), archive);
  const list = await run(['tar', '--list', '--verbose', '--gzip', '--numeric-owner', '--file=-'], { timeoutMs: 60_000, input: archive });
  assert.deepEqual(checkedMembers(list.stdout.toString('utf8')), ['recon.cjs', 'run', `${POST_TOOLS}/ls`, `${POST_TOOLS}/storcli64`]);
  assert.match(list.stdout.toString('utf8'), /^-rwxr-xr-x 0\/0 .* tools\/storcli64$/m);
});

test('without tools nothing changes', async () => {
  await using work = await temporaryDirectory('recon-tools-');
  const bundle = join(work.path, 'bundle.mjs');
  await writeFile(bundle, 'console.log(1);\n');
  const none = join(work.path, 'none');
  assert.deepEqual(await keepOperatorTools(none, join(work.path, 'kept'), silentLog), []);
  await assert.rejects(stat(join(work.path, 'kept')), { code: 'ENOENT' });
  assert.deepEqual(await operatorToolsEnvironment(none), {});
  assert.deepEqual(await buildPostArchive(bundle, { toolsDirectory: none }), await buildPostArchive(bundle));
});

test('what is too large for the RAM of the peers is left out, and said', async () => {
  await using work = await temporaryDirectory('recon-tools-');
  const said: string[] = [];
  await writeFile(join(work.path, 'huge'), '');
  await truncate(join(work.path, 'huge'), 65 * 1024 * 1024);
  const log = { ...silentLog, warn: (line: string) => void said.push(line) };
  assert.deepEqual(await keepOperatorTools(work.path, join(work.path, 'kept'), log), []);
  assert.match(said.join('\n'), /huge is left out/);
});

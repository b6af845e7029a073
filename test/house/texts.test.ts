import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../src/platform/process/command.ts';
import { repositoryFiles, sourceText } from './repository-files.ts';

const ROOT = join(import.meta.dirname, '../..');

test("no file names this machine's directories or a package registry", async () => {
  // put together here, so that this file does not find itself
  const patterns = [['/work', 'main'].join('/'), ['/work', 'shared'].join('/'), ['/tmp', 'w/'].join('/')].map(
    (path) => new RegExp(path.replaceAll('/', '\\/')),
  );
  patterns.push(/\bregistry\.[a-z0-9-]+\.(org|com|io|dev)\b/);
  // the mirror is the building host's own, or the one of MIRROR=
  patterns.push(new RegExp(`\\b(deb|security|ftp|httpredir)\\.(\\w+\\.)?${'debian'}\\.org\\b`));
  const found: string[] = [];
  for (const file of await repositoryFiles()) {
    const content = await sourceText(file);
    for (const pattern of patterns) if (pattern.test(content)) found.push(`${file}: ${pattern.exec(content)?.[0]}`);
  }
  assert.deepEqual(found, []);
});

test('every shell script can be parsed by the shell that it names', async () => {
  const scripts: Array<readonly [shell: string, file: string]> = [];
  for (const file of await repositoryFiles()) {
    const shell = /^#!\/bin\/(sh|bash)\n/.exec(await sourceText(file))?.[1];
    if (shell !== undefined) scripts.push([shell, file]);
  }
  assert.ok(scripts.length >= 10, `only ${scripts.length} scripts were found`);
  for (const [shell, file] of scripts) {
    const result = await run([shell, '-n', join(ROOT, file)], { timeoutMs: 60_000 });
    assert.equal(result.status, 'ok', `${file}: ${result.stderr.toString()}`);
  }
});

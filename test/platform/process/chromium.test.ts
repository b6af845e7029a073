import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { findChromium, startChromium } from '../../../src/platform/process/chromium.ts';

/** With these two, and nothing else of the environment changed. */
async function within<T>(change: { RECON_CHROMIUM?: string; PATH?: string }, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  delete process.env['RECON_CHROMIUM'];
  Object.assign(process.env, change);
  try {
    return await work();
  } finally {
    delete process.env['RECON_CHROMIUM'];
    Object.assign(process.env, before);
  }
}

test('the one that is named, or the first on the PATH under any of its names', async () => {
  await using directory = await temporaryDirectory('recon-chromium-');
  const path = (folder: string): string => join(directory.path, folder);
  assert.equal(await within({ RECON_CHROMIUM: '/opt/own' }, findChromium), '/opt/own');
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    await mkdir(path(name));
    await writeFile(join(path(name), name), '');
    assert.equal(await within({ PATH: `:${path('none')}:${path(name)}` }, findChromium), join(path(name), name));
  }
  assert.equal(
    await within({ PATH: `${path('google-chrome')}:${path('chromium')}` }, findChromium),
    join(path('google-chrome'), 'google-chrome'),
  );
  await assert.rejects(within({ PATH: `:${path('none')}` }, findChromium), { code: 'host-unfit' });
});

test('it is started quiet, and elsewhere through a script', async () => {
  await using directory = await temporaryDirectory('recon-chromium-');
  const program = join(directory.path, "it's one");
  const told = join(directory.path, 'told');
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${told}'\n`, { mode: 0o755 });
  const inside = (argv: readonly string[]): [string, ...string[]] => ['env', 'A=b c', ...argv];
  await assert.rejects(within({ RECON_CHROMIUM: program }, () => startChromium({ inside, directory: directory.path })));
  const said = (await readFile(told, 'utf8')).split('\n');
  for (const word of ['sandbox', 'first-run'].map((one) => `--no-${one}`)) assert.ok(said.includes(word), word);
  for (const word of ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((one) => `--disable-${one}`))
    assert.ok(said.includes(word), word);
  assert.equal((await stat(join(directory.path, 'chromium'))).mode & 0o777, 0o755);
});

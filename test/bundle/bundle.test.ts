import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleProgram } from '../../src/bundle/bundle.ts';
import { poolPageParts } from '../../src/bundle/pool-page.ts';
import { reportScript } from '../../src/bundle/report-script.ts';
import { webPageParts } from '../../src/bundle/web-page.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');

for (const [name, parts, mostBytes] of [
  ["the master's page", webPageParts, 100_000],
  // forms for everything that its API changes
  ['the page of the boot pool', poolPageParts, 120_000],
] as const)
  test(`${name} is small, whole, and needs nothing from elsewhere`, async () => {
    const { script, style } = await parts();
    assert.ok(script.length < mostBytes, `${script.length} bytes: are the schemas in it?`);
    assert.doesNotMatch(script, /<\/script|<!--/i, 'it would end the element that it stands in');
    assert.doesNotMatch(style, /<\/style|@import|url\(/i);
    assert.doesNotMatch(script, /https?:\/\/(?!www\.w3\.org\/|\$)/, 'it asks nobody else');
  });

test('the script of report.html is small, whole, and asks nobody', async () => {
  const script = await reportScript();
  assert.ok(script.length < 30_000, `${script.length} bytes: it stands in every report`);
  assert.doesNotMatch(script, /<\/script|<!--/i, 'it would end the element that it stands in');
  assert.doesNotMatch(script, /https?:|fetch\(|XMLHttpRequest/);
});

test('the bundled program runs alone and holds the page', async () => {
  await using directory = await temporaryDirectory('recon-bundle-');
  const path = join(directory.path, 'recon.mjs');
  await bundleProgram(ROOT, path);
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  // there is no package.json beside it
  assert.equal((await runOk([process.execPath, path, '--version'], { timeoutMs: 30_000, cwd: directory.path })).trim(), version);
  const program = await readFile(path, 'utf8');
  assert.ok(program.includes('Which did not arrive'), 'the page is not in it');
  assert.ok(program.includes('Somebody else was faster'), 'the page of the boot pool is not in it');
  assert.ok(program.includes('recon-report-columns'), 'the script of report.html is not in it');
  assert.ok(!program.includes('../report-page/main.ts'), 'it would look for sources that the image does not have');
  assert.ok(!program.includes('main.tsx'), 'it would look for sources that the image does not have');
});

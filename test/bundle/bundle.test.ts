import assert from 'node:assert/strict';
import { appendFile, copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SAME_ORDER } from '../../src/builder/image/stage.ts';
import { bundleProgram } from '../../src/bundle/bundle.ts';
import { poolPageParts } from '../../src/bundle/pool-page.ts';
import { reportScript } from '../../src/bundle/report-script.ts';
import { webPageParts } from '../../src/bundle/web-page.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { sealApart } from '../../src/seal/seal-apart.ts';
import { recordFor } from '../master/fixture-records.ts';
import { inputOf } from '../seal/seal-input.ts';

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
  const path = join(directory.path, 'recon.cjs');
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
  assert.match(program, /^[\0-\x7f]*$/, 'the start reads it as one byte a character');
});

test('of the image a thread is the same program: a master seals in one', async (context) => {
  await using directory = await temporaryDirectory('recon-bundle-');
  const start = join(directory.path, 'start.cjs');
  await bundleProgram(ROOT, join(directory.path, 'recon.cjs'));
  await copyFile(join(ROOT, 'overlay/usr/lib/recon/start.cjs'), start);
  const warn = context.mock.fn();
  const input = await inputOf(directory.path, [['52:54:00:00:00:01', JSON.stringify(recordFor('S1'))]]);
  assert.equal((await sealApart(start, { ...silentLog, warn })(input)).machines, 1);
  assert.deepEqual(warn.mock.calls, [], 'it was sealed without a thread');
});

test('the program starts with the code that was kept of it, and without it; the same text gives the same code', async () => {
  await using directory = await temporaryDirectory('recon-start-');
  const [start, code] = [join(directory.path, 'start.cjs'), join(directory.path, 'recon.code')];
  await bundleProgram(ROOT, join(directory.path, 'recon.cjs'));
  await copyFile(join(ROOT, 'overlay/usr/lib/recon/start.cjs'), start);
  const keep = (environment: Record<string, string> = {}): ReturnType<typeof run> =>
    run([process.execPath, ...SAME_ORDER.flags, start, 'warm-up'], {
      timeoutMs: 60_000,
      environment: { ...environment, ...SAME_ORDER.environment },
    });
  const version = (): ReturnType<typeof run> => run([process.execPath, start, '--version'], { timeoutMs: 30_000 });
  const without = await version();
  const kept: Buffer[] = [];
  for (let time = 0; time < 2; time += 1) {
    await rm(code, { force: true });
    const made = await keep({ RECON_KEEP_CODE: code });
    assert.deepEqual([made.status, made.stderr.toString('utf8')], ['ok', '']);
    kept.push(await readFile(code));
  }
  assert.ok(kept[0]?.equals(kept[1] ?? Buffer.alloc(0)), 'an image that is built twice would differ');
  const started = await version();
  assert.equal(started.stdout.toString('utf8'), without.stdout.toString('utf8'));
  assert.equal(started.stderr.toString('utf8'), '', 'without the flags that it was made with, V8 has to take it');
  // of another program
  await appendFile(join(directory.path, 'recon.cjs'), ' ');
  const other = await version();
  assert.match(other.stderr.toString('utf8'), /is of another Node or program/);
  assert.equal(other.stdout.toString('utf8'), without.stdout.toString('utf8'));
});

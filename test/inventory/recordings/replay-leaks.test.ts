import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { captureTo } from '../../../src/peer/capture/capture.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { normaliseDirectory } from '../../../src/peer/capture/directory.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { syntheticTexts } from '../properties/synthetic-texts.ts';
import { recordedTexts } from './recorded-texts.ts';
import { recordingFile, recordings } from './recording-files.ts';

interface Replay {
  name: string;
  root?: string;
  commands?: string;
}

/** Capture and record as texts, taken with this search path. */
async function replayed(replay: Replay, directory: string, searchPath: string): Promise<Record<string, string>> {
  const before = process.env['PATH'];
  process.env['PATH'] = searchPath;
  try {
    const { name: _, ...options } = replay;
    const index = await captureTo(directory, { log: silentLog, ...options });
    return { index: JSON.stringify(index), record: JSON.stringify(await normaliseDirectory(directory)) };
  } finally {
    process.env['PATH'] = before;
  }
}

/** One program for each tool of the plan; each leaves a file behind when it is started. */
function plantTools(directory: string, traces: string): void {
  mkdirSync(directory);
  mkdirSync(traces);
  const argvs = CAPTURE_COMMANDS.map((rule) => ('each' in rule ? rule.argv('sda') : rule.argv));
  for (const tool of new Set(argvs.map(([program]) => program))) {
    writeFileSync(join(directory, tool), `#!/bin/sh\n: > '${traces}/${tool}'\necho 'Serial Number: LEAK'\n`, { mode: 0o755 });
  }
}

async function assertNoLeak(replays: readonly Replay[], work: string): Promise<void> {
  const [tools, traces] = [join(work, 'tools'), join(work, 'traces')];
  plantTools(tools, traces);
  assert.ok(readdirSync(tools).length > 10);
  for (const [at, replay] of replays.entries()) {
    const without = await replayed(replay, join(work, `${at}-without`), '/nonexistent');
    const planted = await replayed(replay, join(work, `${at}-planted`), tools);
    const real = await replayed(replay, join(work, `${at}-real`), process.env['PATH'] ?? '');
    assert.deepEqual(planted, without, replay.name);
    assert.deepEqual(real, without, replay.name);
    assert.deepEqual(readdirSync(traces), [], `${replay.name}: tools of this machine were started`);
  }
}

function writeCommands(directory: string, outputs: Readonly<Record<string, string>>): string {
  mkdirSync(directory, { recursive: true });
  for (const [id, text] of Object.entries(outputs)) writeFileSync(join(directory, `${id}.out`), text, 'latin1');
  return directory;
}

test('the planted tools are seen when they are started', async () => {
  await using work = await temporaryDirectory('recon-test-');
  const [tools, traces] = [join(work.path, 'tools'), join(work.path, 'traces')];
  plantTools(tools, traces);
  assert.match(execFileSync(join(tools, 'dmidecode'), { encoding: 'utf8', timeout: 10_000 }), /LEAK/);
  assert.deepEqual(readdirSync(traces), ['dmidecode']);
});

test('recorded commands are answered the same with the tools of this machine and without', async () => {
  await using work = await temporaryDirectory('recon-test-');
  const texts = [...syntheticTexts(), ...recordedTexts().slice(0, 2)];
  const replays = texts.map(({ name, outputs }, at) => ({ name, commands: writeCommands(join(work.path, `commands-${at}`), outputs) }));
  await assertNoLeak(replays, work.path);
  const record = readFileSync(join(work.path, '0-real', 'capture.json'), 'utf8');
  assert.doesNotMatch(record, /LEAK/);
});

test('trees of other machines give the same with the tools of this machine and without', async () => {
  await using work = await temporaryDirectory('recon-test-');
  const replays = recordings('ghw/testdata/snapshots/')
    .filter((name) => name.endsWith('.tar.gz'))
    .map((name, at): Replay => {
      const root = join(work.path, `tree-${at}`);
      mkdirSync(root);
      execFileSync('tar', ['-xzf', recordingFile(name), '-C', root, '--no-same-owner'], { timeout: 60_000 });
      return {
        name,
        root,
        ...(at === 0 ? { commands: writeCommands(join(work.path, 'commands'), recordedTexts()[0]?.outputs ?? {}) } : {}),
      };
    });
  assert.ok(replays.length >= 3);
  await assertNoLeak(replays, work.path);
});

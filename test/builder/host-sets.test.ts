import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostSets } from '../../src/builder/host-sets.ts';
import { runOk } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');

for (const [words, sets] of [
  [['debian-13', 'target'], ['build']],
  [['suse-leap-15.1', 'target'], ['leap']],
  [
    ['debian-13-arm64', 'target'],
    ['build', 'arm64'],
  ],
  [['debian-13', 'http'], []],
  [['debian-13', 'clean'], []],
  [['debian-13', 'check'], []],
  [['debian-13', 'all'], []],
  [['debian-13', 'nothing'], []],
  [['nothing', 'target'], []],
  [['debian-13'], []],
  [[], []],
] as const) {
  test(`"${words.join(' ')}" needs of the host: ${sets.join(', ') || 'nothing'}`, async () => {
    assert.deepEqual(await hostSets(ROOT, ...([words[0], words[1]] as const)), sets);
  });
}

test('the script is told by the program, in words that prepare-host knows', async () => {
  const printed = await runOk([join(ROOT, 'recon'), 'recipe', '--host-sets', '--', 'debian-13-arm64', 'target'], { timeoutMs: 60_000 });
  const usage = /sets: (.*)$/m.exec(await runOk(['cat', join(ROOT, '.ci/prepare-host')], { timeoutMs: 60_000 }))?.[1]?.split(', ') ?? [];
  assert.equal(printed.trim(), 'build arm64');
  for (const set of printed.trim().split(' ')) assert.ok(usage.includes(set), usage.join());
});

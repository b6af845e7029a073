import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import type { FullPool } from '../fixtures/full-pool.ts';

const isRoot = process.getuid?.() === 0;
const FILL = join(import.meta.dirname, '../fixtures/full-pool.ts');
/** In a namespace of its own; the mounts go with it. */
const MOUNTS = 'for one in state folder; do mkdir -p "$1/$one"; mount -t tmpfs -o size=256k none "$1/$one"; done && exec "$2" "$3" "$1"';

describe('a pool whose disk is full', { skip: isRoot ? false : 'needs root' }, () => {
  it('keeps the old revision whole, says so, and finishes what it has taken once there is room', async () => {
    await using directory = await temporaryDirectory('recon-full-');
    const argv = ['unshare', '--mount', 'sh', '-ec', MOUNTS, 'sh', directory.path, process.execPath, FILL] as const;
    const result = JSON.parse(await runOk([...argv], { timeoutMs: 120_000 })) as FullPool;
    assert.match(result.refused, /the change is not taken: .* is as it was, because the disk is full/);
    const before = "node-000: { macs: ['52:54:00:66:00:01'], boot: hold }";
    assert.deepEqual(
      [result.afterRefused.revision, result.afterRefused.boot, result.afterRefused.text.startsWith(before)],
      [1, 'hold', true],
    );
    assert.match(result.half, /revision 2 is taken and serves, but not all of it is in .* yet, because the disk is full/);
    const { revision, boot, text, mistakes } = result.afterHalf;
    assert.deepEqual([revision, boot, text.startsWith(before), mistakes.length], [2, 'recon', true, 1], 'what lies there is nobody’s edit');
    assert.deepEqual([result.restarted.revision, result.restarted.boot], [2, 'recon']);
    assert.match(result.healed.text, /boot: recon/);
    assert.deepEqual([result.healed.revision, result.healed.mistakes, result.healed.accepted], [2, [], [1, 2]]);
  });
});

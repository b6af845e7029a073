import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CapturedCommand } from '../../../src/domain/capture.ts';
import { captureSummary } from '../../../src/peer/capture/summary.ts';

const command = (id: string, status: CapturedCommand['status']): CapturedCommand => ({ id, argv: [id], status, durationMs: 1 });

test('how many, and which failed; a tool that is not there is no failure', () => {
  const good = [command('lspci', 'ok'), command('storcli', 'absent')];
  assert.equal(captureSummary({ commands: good }), '2 commands, 0 failed');
  assert.equal(
    captureSummary({ commands: [...good, command('lshw', 'failed'), command('smartctl-sda', 'timeout')] }),
    '4 commands, 2 failed (lshw, smartctl-sda)',
  );
});

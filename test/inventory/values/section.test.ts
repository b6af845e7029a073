import assert from 'node:assert/strict';
import test from 'node:test';
import type { CapturedCommand } from '../../../src/domain/capture.ts';
import { captureFromFiles } from '../../../src/inventory/capture-from-files.ts';
import { commandFailure, noData, ok } from '../../../src/inventory/values/section.ts';

const command = (more: Partial<CapturedCommand>): CapturedCommand => ({
  id: 'lspci',
  argv: ['lspci'],
  status: 'ok',
  durationMs: 0,
  ...more,
});
const log = (commands: CapturedCommand[], said: Record<string, string> = {}) =>
  captureFromFiles(
    new Map([
      ['capture.json', Buffer.from(JSON.stringify({ captureVersion: 1, commands }))],
      ...Object.entries(said).map(([id, text]): [string, Buffer] => [`raw/${id}.err`, Buffer.from(text)]),
    ]),
  );

test('what was found is ok', () => assert.deepEqual(ok([1]), { status: 'ok', data: [1] }));

for (const [more, said, why] of [
  [{ status: 'ok', exitCode: 0 }, 'a warning', undefined],
  [{ status: 'absent' }, '', 'not installed'],
  [{ status: 'absent', reason: 'no IPMI device' }, '', 'no IPMI device'],
  [{ status: 'failed', reason: 'killed with the others', exitCode: 1 }, 'no bus', 'killed with the others'],
  [{ status: 'timeout', durationMs: 44_600 }, 'no bus', 'no end after 45 s'],
  [{ status: 'failed', exitCode: 1 }, '', 'exit code 1'],
  [{ status: 'failed', exitCode: 0 }, '', 'exit code 0'],
  [{ status: 'failed' }, '', 'exit code unknown'],
  [{ status: 'failed', signal: 'SIGSEGV' }, '', 'ended by SIGSEGV'],
  [{ status: 'failed', exitCode: 2 }, 'warning: old\nno bus\n\n', 'exit code 2: no bus'],
  [{ status: 'failed', exitCode: 2 }, 'x'.repeat(400), `exit code 2: ${'x'.repeat(300)}`],
] as const) {
  test(`a command ${JSON.stringify(more)} that said ${JSON.stringify(said.slice(0, 30))}: ${why}`, () =>
    assert.equal(commandFailure(log([], { lspci: said }), command(more)), why));
}

for (const [what, commands, expected] of [
  ['no command at all', [], { status: 'absent', reason: 'lspci, lsusb did not run' }],
  ['another command', [command({ id: 'lscpu', status: 'failed' })], { status: 'absent', reason: 'lspci, lsusb did not run' }],
  ['a tool that is not there', [command({ status: 'absent' })], { status: 'absent', reason: 'lspci: not installed' }],
  [
    'of two tools the second failed',
    [command({ status: 'absent' }), command({ id: 'lsusb', status: 'failed', exitCode: 1 })],
    { status: 'failed', reason: 'lsusb: exit code 1' },
  ],
  [
    'one that ended well beside one that did not end',
    [command({}), command({ id: 'lsusb', status: 'timeout', durationMs: 1000 })],
    { status: 'failed', reason: 'lsusb: no end after 1 s' },
  ],
  [
    'one that ended well beside one that is not there',
    [command({ status: 'absent' }), command({ id: 'lsusb' })],
    { status: 'failed', reason: 'lsusb ended well, but its output says nothing of this' },
  ],
] as const) {
  test(`a section without data, with ${what}`, () => assert.deepEqual(noData(log([...commands]), ['lspci', 'lsusb']), expected));
}

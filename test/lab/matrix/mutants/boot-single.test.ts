import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stickKernelArguments } from '../../../../src/lab/matrix/machine/command-lines.ts';
import { SINGLES } from '../../../../src/lab/matrix/mutants/boot-single.ts';
import { changedArguments } from '../../../../src/lab/matrix/mutants/changed-arguments.ts';
import { run } from '../../../../src/platform/process/command.ts';

const usual = stickKernelArguments({ isoUuid: '2026-11-29-01-10-56-59', dataPartitionUuid: 'cad31b54-03' });

test('each guard that has a boot of its own is on the usual command line, or is not said there', () => {
  for (const single of SINGLES) {
    const changed = changedArguments(usual, single);
    assert.notDeepEqual(changed, usual, single.name);
    for (const gone of single.removeArguments) assert.ok(!changed.includes(gone));
  }
});

test('what is expected names a disk that is attached, and its shell can be read', async () => {
  for (const { contents, expected, inInitrd = [] } of SINGLES) {
    if (expected?.written !== undefined) assert.ok(contents.includes(expected.written));
    assert.equal((await run(['sh', '-n'], { timeoutMs: 60_000, input: inInitrd.join('\n') })).status, 'ok');
  }
});

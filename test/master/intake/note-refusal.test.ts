import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, ReconError } from '../../../src/domain/errors.ts';
import type { LedgerEntry, LedgerEvent } from '../../../src/domain/ledger.ts';
import { notingRefusal } from '../../../src/master/intake/note-refusal.ts';
import type { MachineState } from '../../../src/master/ledger/machine/state.ts';

const MAC = '52:54:00:00:00:0a';

test('the ledger says once that the stick did not take an upload, and nothing of what else went wrong', async () => {
  const lines: LedgerEntry[] = [];
  const ledger = {
    add: (entry: LedgerEntry): LedgerEvent => {
      lines.push(entry);
      return { sequence: 1, at: '', ...entry };
    },
    machine: () => lines.at(-1) as MachineState | undefined,
  };
  const refuse = (code: ErrorCode, message: string) =>
    assert.rejects(
      notingRefusal({ ledger, mac: MAC, address: '10.77.1.1' }, async () => {
        throw new ReconError(code, message);
      }),
      { code },
    );
  await refuse('disk-full', 'the stick is full: 3 MiB are free, and so on');
  await refuse('disk-full', 'the stick is full: 2 MiB are free, and so on');
  await refuse('token-wrong', 'no');
  await refuse('medium-failed', 'the stick is gone');
  assert.deepEqual(
    lines.map(({ mac, stage, detail }) => [mac, stage, detail]),
    [
      [MAC, 'upload', 'not taken: the stick is full: too few MiB are free, and so on'],
      [MAC, 'upload', 'not taken: the stick is gone'],
    ],
  );
  assert.equal(await notingRefusal({ ledger, mac: MAC, address: '' }, async () => 'done'), 'done');
});

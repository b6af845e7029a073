import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { recordData } from '../../../src/domain/record/record-data.ts';

test('what could be read is there by its name; what is absent, failed or of no known form is a missing key', () => {
  const sections = {
    system: { status: 'ok', durationMs: 1, data: { vendor: 'A' } },
    disks: { status: 'ok', data: [] },
    bmc: { status: 'absent' },
    memory: { status: 'failed', reason: 'no', data: { slots: 1 } },
    tpm: { status: 'ok' },
    newer: 'text',
    none: null,
  } as unknown as NodeRecord['sections'];
  assert.deepEqual(recordData({ sections }), { system: { vendor: 'A' }, disks: [] });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { CaptureLine } from '../../../../src/domain/capture.ts';
import { NodeRecord } from '../../../../src/domain/record/node-record.ts';
import { generatedUpload } from '../../../../src/lab/yank/guest/generated-upload.ts';

test('uploads have the size of those of servers, and are what the master takes', () => {
  for (let machine = 1; machine <= 40; machine += 1) {
    const { mac, record, capture } = generatedUpload('a', machine, 1);
    assert.match(mac, /^52:54:00:00:00:[0-9a-f]{2}$/);
    assert.ok(record.length >= 19_000 && record.length <= 60_000, `record: ${record.length}`);
    assert.ok(capture.length >= 19_000 && capture.length <= 41_000, `capture: ${capture.length}`);
    NodeRecord.parse(JSON.parse(record.toString()));
    for (const line of gunzipSync(capture).toString().trim().split('\n')) CaptureLine.parse(JSON.parse(line));
  }
});

test('the same numbers give the same upload, others another', () => {
  const bytes = (...numbers: [string, number, number]): string => generatedUpload(...numbers).record.toString();
  assert.equal(bytes('a', 1, 1), bytes('a', 1, 1));
  for (const other of [bytes('b', 1, 1), bytes('a', 2, 1), bytes('a', 1, 2)]) assert.notEqual(bytes('a', 1, 1), other);
});

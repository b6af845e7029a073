import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomOutput } from '../../../src/domain/record/custom.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { type CaptureFixture, fixtureCapture } from '../capture-fixture.ts';

function custom(capture: CaptureFixture): CustomOutput[] {
  const section = normalise(fixtureCapture(capture)).sections.custom;
  assert.equal(section?.status, 'ok');
  return section.data;
}

test('JSON stays what it is, anything else is lines', () => {
  const [json, plain, word, broken] = custom({
    outputs: {
      'custom-hba': '{"cards":[{"firmware":"16.00.10"}],"none":null}\n',
      'custom-licence': 'key 1\r\n\nkey 2\u0000\n',
      'custom-word': '"just a word"\n',
      'custom-broken': '{"cut":',
    },
  });
  assert.deepEqual(json?.data, { cards: [{ firmware: '16.00.10' }], none: null });
  assert.equal(json?.lines, undefined);
  assert.deepEqual(plain, { name: 'licence', status: 'ok', durationMs: 5, lines: ['key 1', '', 'key 2'] });
  assert.deepEqual(word?.lines, ['"just a word"']);
  assert.deepEqual(broken?.lines, ['{"cut":']);
});

test('one that failed, hung or was not to be started is a row with the reason', () => {
  const row = { argv: ['x'], durationMs: 9 };
  const rows = custom({
    commands: [
      { ...row, id: 'custom-a', status: 'failed', exitCode: 3 },
      { ...row, id: 'custom-b', status: 'timeout' },
      { ...row, id: 'custom-c', status: 'absent', reason: 'no such program' },
    ],
  });
  assert.deepEqual(
    rows.map(({ name, status, reason }) => `${name} ${status}: ${reason}`),
    ['a failed: exit code 3', 'b timeout: no end after 0 s', 'c failed: no such program'],
  );
});

test('long and deep outputs are kept within bounds, and it is said how much is left out', () => {
  const [deep, long] = custom({
    outputs: { 'custom-deep': `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'custom-long': 'x\n'.repeat(700) },
  });
  assert.equal(deep?.data, undefined);
  assert.equal(deep?.lines?.[0]?.length, 1000);
  assert.equal(long?.lines?.length, 500);
  assert.equal(long?.linesLeftOut, 200);
});

test('without collectors the section is absent', () => {
  assert.equal(normalise(fixtureCapture({})).sections.custom?.status, 'absent');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBootTokens } from '../../../src/pool/serve/boot-tokens.ts';

const MAC = '52:54:00:66:00:01';
const MINUTE_MS = 60_000;

function rig(firstMs: number) {
  const kept = new Map<string, string>();
  const rows = {
    all: () => [...kept],
    put: (key: string, text: string) => void kept.set(key, text),
    remove: (key: string) => void kept.delete(key),
  };
  const clock = { wallMs: firstMs, steadyMs: 5 };
  const open = () => openBootTokens(rows, { nowMs: () => clock.wallMs, steadyMs: () => clock.steadyMs });
  return { clock, open, tokens: open() };
}

// the clock of a head without a battery is set while machines boot
for (const [before, after] of [
  ['1970-01-01T00:01:00Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T06:00:00Z', '1969-12-31T23:00:00Z'],
  ['2038-02-01T00:00:00Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T06:00:00Z', '2038-02-01T00:00:00Z'],
] as const)
  test(`a token is in time for ten minutes, also when the clock goes from ${before} to ${after}`, () => {
    const { clock, tokens } = rig(Date.parse(before));
    tokens.begin(MAC);
    clock.wallMs = Date.parse(after);
    const text = tokens.hand(MAC);
    clock.steadyMs += 9 * MINUTE_MS;
    assert.equal(tokens.ask(MAC, text), 'first');
    clock.steadyMs += 2 * MINUTE_MS;
    assert.equal(tokens.ask(MAC, text), 'late');
    assert.throws(() => tokens.hand(MAC), { code: 'not-found' });
  });

test('what an earlier process handed out is in time for ten minutes by the clock, and late when it is of a time to come', () => {
  for (const [minutes, answer] of [
    [9, 'first'],
    [11, 'late'],
    [-11, 'late'],
  ] as const) {
    const { clock, open, tokens } = rig(Date.parse('2026-11-29T06:00:00Z'));
    tokens.begin(MAC);
    const text = tokens.hand(MAC);
    clock.wallMs += minutes * MINUTE_MS;
    clock.steadyMs = 0;
    assert.equal(open().ask(MAC, text), answer, `${minutes} minutes`);
  }
});

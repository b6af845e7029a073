import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBootBook } from '../../../src/pool/history/boot-book.ts';
import { bootStage } from '../../../src/pool/public/boot-stage.ts';

const ASKER = { mac: '52:54:00:66:00:01', node: 'node-000' };
const MINUTE_MS = 60_000;

/** A machine of a head whose clock says first one time and then another. */
function rig(first: string) {
  const clock = { at: new Date(first) };
  const book = openBootBook({ all: () => [], put: () => {}, remove: () => {} }, { now: () => clock.at });
  const at = (): string => clock.at.toISOString();
  const stage = (): string | undefined => {
    const machine = book.of(ASKER);
    return machine === undefined ? undefined : bootStage(machine, clock.at.getTime()).stage?.name;
  };
  return {
    ...{ book, stage },
    set: (to: string) => {
      clock.at = new Date(to);
    },
    wait: (minutes: number) => {
      clock.at = new Date(clock.at.getTime() + minutes * MINUTE_MS);
    },
    script: () => void book.note(ASKER, () => ({ script: { at: at(), choice: 'compute@3', kind: 'compute', isOnce: false, because: '' } })),
    up: () => void book.note(ASKER, () => ({ up: { at: at(), report: {} }, alive: { at: at(), report: {} } })),
    alive: () => void book.note(ASKER, () => ({ alive: { at: at(), report: {} } })),
  };
}

// set back from a battery that was wrong, over the end of 32 bits, and before the first second of all
for (const [before, after] of [
  ['2038-02-01T00:00:00Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T06:00:00Z', '2026-11-29T05:00:00Z'],
  ['2026-11-29T06:00:00Z', '1970-01-01T00:00:10Z'],
  ['1970-01-01T00:05:00Z', '1969-12-31T23:00:00Z'],
  ['1970-01-01T00:00:10Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T06:00:00Z', '2040-01-01T00:00:00Z'],
] as const) {
  test(`a machine that boots while the clock goes from ${before} to ${after} comes up`, () => {
    const { script, up, set, stage, wait } = rig(before);
    script();
    set(after);
    assert.equal(stage(), 'script');
    up();
    assert.equal(stage(), 'up');
    wait(10);
    assert.equal(stage(), 'gone');
  });

  test(`one that was up when the clock went from ${before} to ${after} is up with its next sign, and boots when it does`, () => {
    const { script, up, alive, set, stage } = rig(before);
    script();
    up();
    set(after);
    alive();
    assert.equal(stage(), 'up');
    script();
    assert.equal(stage(), 'script');
    up();
    assert.equal(stage(), 'up');
  });
}

test('one that says nothing any more is gone, also when its last sign is of a time to come', () => {
  const { script, up, set, stage } = rig('2038-02-01T00:00:00Z');
  script();
  up();
  set('2026-11-29T06:00:00Z');
  assert.equal(stage(), 'gone');
});

test('what was seen keeps its order and the time between when it is moved', () => {
  const { book, script, up, wait, set } = rig('2038-02-01T00:00:00.000Z');
  up();
  wait(5);
  script();
  set('2026-11-29T06:00:00.000Z');
  const { up: wasUp, script: asked, firstSeenAt } = book.note(ASKER, () => ({}));
  assert.deepEqual(
    [wasUp?.at, asked?.at, firstSeenAt],
    ['2026-11-29T05:54:59.999Z', '2026-11-29T05:59:59.999Z', '2026-11-29T05:54:59.999Z'],
  );
});

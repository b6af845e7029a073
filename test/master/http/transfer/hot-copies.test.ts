import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CopyHost, hotCopies } from '../../../../src/master/http/transfer/hot-copies.ts';

const GIBIBYTE = 1024 ** 3;
const IMAGE = { identity: '8:1:64:1', sizeBytes: 64 * 1024 * 1024 };

/** A machine with 16 GiB, whose clock and memory the test turns. */
function machine() {
  const state = { availableBytes: 12 * GIBIBYTE, nowMs: 0, look: undefined as (() => void) | undefined };
  const host: CopyHost = {
    memory: () => ({ totalBytes: 16 * GIBIBYTE, availableBytes: state.availableBytes }),
    nowMs: () => state.nowMs,
    watch: (look) => {
      state.look = look;
      return () => {
        state.look = undefined;
      };
    },
  };
  return { state, copies: hotCopies(host) };
}

test('one reader is sent from the file; with the second there is a copy for both', () => {
  const { copies } = machine();
  const first = copies.begin(IMAGE);
  assert.equal(first.copy(), undefined);
  const second = copies.begin(IMAGE);
  assert.notEqual(first.copy(), undefined);
  assert.equal(second.copy(), first.copy());
});

test('a file that was replaced or written to is another file', () => {
  const { copies } = machine();
  const [first] = [copies.begin(IMAGE), copies.begin(IMAGE)];
  const changed = { ...IMAGE, identity: '8:1:64:2' };
  const [other, another] = [copies.begin(changed), copies.begin(changed)];
  assert.notEqual(other.copy(), undefined);
  assert.notEqual(other.copy(), first?.copy());
  assert.equal(another.copy(), other.copy());
});

test('what there is no memory for is never copied', () => {
  const { copies, state } = machine();
  const large = { identity: '8:2:9:1', sizeBytes: 3 * GIBIBYTE };
  const readers = [copies.begin(large), copies.begin(large)];
  assert.deepEqual(
    readers.map((reader) => reader.copy()),
    [undefined, undefined],
  );
  state.availableBytes = GIBIBYTE;
  state.nowMs += 60_000;
  assert.equal([copies.begin(IMAGE), copies.begin(IMAGE)][1]?.copy(), undefined);
});

test('copies that are still being filled count as full', () => {
  const { copies, state } = machine();
  state.availableBytes = 4 * GIBIBYTE + 96 * 1024 * 1024;
  const begin = (number: number) => copies.begin({ ...IMAGE, identity: `${number}` });
  assert.notEqual([begin(1), begin(1)][1]?.copy(), undefined);
  assert.equal([begin(2), begin(2)][1]?.copy(), undefined);
});

test('when memory gets short the copy goes from under its readers, and comes again when there is memory', () => {
  const { copies, state } = machine();
  const [first] = [copies.begin(IMAGE), copies.begin(IMAGE)];
  state.nowMs += 10_000;
  state.look?.();
  assert.notEqual(first?.copy(), undefined);
  state.availableBytes = GIBIBYTE;
  state.nowMs += 10_000;
  state.look?.();
  assert.equal(first?.copy(), undefined);
  assert.equal(state.look, undefined, 'nothing is left to look at');
  state.availableBytes = 12 * GIBIBYTE;
  state.nowMs += 10_000;
  copies.begin(IMAGE);
  assert.notEqual(first?.copy(), undefined);
});

test('a copy stays for the next wave of machines, and goes when nobody came for two minutes', () => {
  const { copies, state } = machine();
  const readers = [copies.begin(IMAGE), copies.begin(IMAGE)];
  for (const reader of readers) reader.end();
  state.nowMs += 100_000;
  state.look?.();
  const next = copies.begin(IMAGE);
  assert.notEqual(next.copy(), undefined);
  state.nowMs += 200_000;
  state.look?.();
  assert.notEqual(next.copy(), undefined, 'somebody is being sent from it');
  next.end();
  state.nowMs += 120_000;
  state.look?.();
  assert.equal(copies.begin(IMAGE).copy(), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressBar, progressOn } from '../../src/platform/progress.ts';

/** A clock that goes when it is told to. */
function rig(output: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  let now = 0;
  const waiting: { atMs: number; call: () => void }[] = [];
  const progress = progressOn(
    { ...output, write: (text) => void written.push(text) },
    {
      nowMs: () => now,
      later: (ms, call) => {
        const one = { atMs: now + ms, call };
        waiting.push(one);
        return () => void waiting.splice(waiting.indexOf(one), 1);
      },
    },
  );
  const pass = (ms: number): void => {
    now += ms;
    for (const one of waiting.filter(({ atMs }) => atMs <= now)) {
      waiting.splice(waiting.indexOf(one), 1);
      one.call();
    }
  };
  return { progress, pass, written };
}

test('what is done within a second says nothing; a terminal has one line, which is taken away', () => {
  const { progress, pass, written } = rig({ isTTY: true, columns: 20 });
  progress.at('1 machine');
  pass(999);
  progress.at('2 machines');
  assert.deepEqual(written, []);
  pass(1);
  progress.at('3 machines of a very long name');
  assert.deepEqual(written, ['\r2 machines\u001b[K'], 'the last sentence is shown when its time comes, although nobody calls');
  pass(200);
  assert.deepEqual(written.slice(1), ['\r3 machines of a ver\u001b[K'], 'cut to the width, so that it stays one line');
  progress.clear();
  progress.clear();
  assert.deepEqual(written.slice(2), ['\r\u001b[K']);
  progress.at('4 machines');
  progress.clear();
  pass(60_000);
  assert.equal(written.length, 3, 'nothing comes after it was cleared');
});

test('into a file or a journal whole lines go, far apart, and no control characters', () => {
  const { progress, pass, written } = rig({});
  for (let second = 0; second < 65; second += 1) {
    progress.at(`${second} \u001b[31mread`);
    pass(1000);
  }
  assert.equal(written.length, 2);
  for (const line of written) assert.match(line, /^\d+ [^\u001b\r]*read\n$/);
});

test('a bar', () => {
  assert.equal(progressBar(0, 60), `[${'-'.repeat(30)}] 0 of 60`);
  assert.equal(progressBar(31, 60), `[${'#'.repeat(15)}${'-'.repeat(15)}] 31 of 60`);
  assert.equal(progressBar(61, 60), `[${'#'.repeat(30)}] 61 of 60`);
  assert.equal(progressBar(0, 0), `[${'#'.repeat(30)}] 0 of 0`);
});

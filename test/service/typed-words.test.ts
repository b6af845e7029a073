import assert from 'node:assert/strict';
import { test } from 'node:test';
import { obey, type TypedWords } from '../../src/service/typed-words.ts';

function words(waits: boolean) {
  const done: string[] = [];
  const note = (word: string) => async (): Promise<void> => void done.push(word);
  const typed: TypedWords = {
    done: note('done'),
    seal: note('seal'),
    off: note('off'),
    usual: waits ? () => void done.push('usual') : undefined,
  };
  return { typed, done };
}

test('each word does what the screen says', async () => {
  const { typed, done } = words(true);
  for (const line of ['done', 'SEAL', 'off', 'usual']) await obey(line, typed);
  assert.deepEqual(done, ['done', 'seal', 'off', 'usual']);
});

test('nothing that waits needs no word, and is told so', async () => {
  const { typed, done } = words(false);
  assert.match((await obey('usual', typed)) ?? '', /in use already/);
  assert.deepEqual(done, []);
});

test('noise of a serial line does nothing and says nothing; a mistyped word gets the list', async () => {
  const { typed, done } = words(true);
  for (const line of ['', '\u00ff\u00ff', 'done;off', 'poweroff now', '[   12.3] usb 1-1: new device']) {
    assert.equal(await obey(line, typed), undefined, JSON.stringify(line));
  }
  assert.match((await obey('dnoe', typed)) ?? '', /"dnoe" is not known here; words: done/);
  assert.match((await obey('help', typed)) ?? '', /off \(make the tarball/);
  assert.deepEqual(done, []);
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryFiles } from '../house/repository-files.ts';
import { NAMED_FAULTS } from './faults.ts';

const ROOT = join(import.meta.dirname, '../..');
const [page = '', makefile = ''] = await Promise.all(['docs/guarantees.md', 'Makefile'].map((file) => readFile(join(ROOT, file), 'utf8')));
const STATES = ['Held', 'In part', 'Open', 'Not here', 'Not yet'];

interface Row {
  promise: string;
  state: string;
  reason: string;
  heldBy: string;
  fault: string;
}

const rows = rowsOf(page);

test('docs/guarantees.md has one row for each promise, in order, with a state', () => {
  assert.deepEqual(
    rows.map(({ promise }) => promise),
    Array.from({ length: 25 }, (_, at) => `G${at + 1}`),
  );
  for (const { promise, state } of rows) assert.ok(STATES.includes(state), `${promise}: ${state}`);
});

test('each test file, folder and make target that it names is there', async () => {
  const there = await repositoryFiles();
  const targets = [...makefile.matchAll(/^([a-z]+):/gm)].map((match) => match[1]);
  const paths = [...page.matchAll(/`((?:src|test|docs|overlay|recipes)\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
  assert.ok(paths.length > 30, `only ${paths.length} paths were found`);
  assert.deepEqual(
    paths.filter((path) => !there.includes(path)),
    [],
  );
  const named = [...page.matchAll(/`make ([a-z]+)/g)].map((match) => match[1]);
  assert.deepEqual(
    named.filter((target) => !targets.includes(target)),
    [],
  );
});

test('held means a test and a fault that it notices; what is not held says why', () => {
  for (const { promise, state, reason, heldBy, fault } of rows) {
    const faults = NAMED_FAULTS.filter((one) => one.promise === promise);
    if (state === 'Held') {
      assert.match(heldBy, /`(test\/|make )/, promise);
      assert.ok(faults.length > 0 && fault !== '', `${promise}: no fault shows that its test can fail`);
    } else assert.ok(reason.length > 10, `${promise}: no reason`);
    // the file that notices is one that the row names
    for (const { test: file } of faults)
      assert.ok(heldBy.includes(`\`${file}\``), `${promise}: ${file} notices a fault, and the row does not name it`);
    if (fault !== '' && !/\bcontrols?\b/.test(fault)) assert.ok(faults.length > 0, `${promise}: nobody tries "${fault}"`);
  }
});

test('each fault still finds the one place that it changes', async () => {
  for (const { path, was, becomes, what } of NAMED_FAULTS) {
    const text = await readFile(join(ROOT, path), 'utf8');
    assert.equal(text.split(was).length, 2, `${path}: "${was}" (${what})`);
    assert.notEqual(was, becomes);
  }
});

test('a row without a reason, a fault that nobody tries and a path that is not there would be seen', () => {
  const [row] = rowsOf('| G1 | It holds. | Open: nobody looked. | `test/a.test.ts` | none |');
  assert.deepEqual(row, { promise: 'G1', state: 'Open', reason: 'nobody looked.', heldBy: '`test/a.test.ts`', fault: 'none' });
  assert.deepEqual(rowsOf('| # | promise |\n|---|---|'), []);
});

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (G\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map(
    ([, promise = '', , state = '', heldBy = '', fault = '']) => {
      const [word = '', ...reason] = state.trim().split(': ');
      return { promise, state: word, reason: reason.join(': '), heldBy: heldBy.trim(), fault: fault.trim() };
    },
  );
}

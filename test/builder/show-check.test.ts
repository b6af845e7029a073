import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lacks, there } from '../../src/builder/host/host-line.ts';
import { checkText } from '../../src/builder/show-check.ts';

test('a line each, in columns; below what is missing what to do', () => {
  const text = checkText([there('processor', 'x86_64'), lacks('root', 'not-root', 'it needs root', 'sudo make it')]);
  assert.equal(text, 'ok       processor  x86_64\nMISSING  root       it needs root\n                    do: sudo make it\n');
});

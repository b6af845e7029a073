import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from '../../../src/domain/values/counted.ts';
import { knownWords } from '../../../src/domain/values/known-words.ts';

test('knownWords: without what is not known, and without what is empty', () => {
  assert.equal(knownWords(['Dell', undefined, '', 'R640']), 'Dell R640');
  assert.equal(knownWords(['252', '4'], ':'), '252:4');
  assert.equal(knownWords([undefined, '']), '');
});

for (const [count, words] of [
  [0, '0 switches'],
  [1, '1 switch'],
  [2, '2 switches'],
] as const)
  test(`counted: ${words}`, () => assert.equal(counted(count, 'switch', 'switches'), words));

test('counted: most words take an s', () => assert.equal(counted(2, 'machine') + counted(1, 'machine'), '2 machines1 machine'));

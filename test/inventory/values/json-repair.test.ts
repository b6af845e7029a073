import assert from 'node:assert/strict';
import test from 'node:test';
import { readJson } from '../../../src/inventory/values/json-repair.ts';

const cases: [what: string, text: string, value: unknown, repairs: string[]][] = [
  ['sound', '{"a": [1, "x\\u0041"]}', { a: [1, 'xA'] }, []],
  [
    'escapes of lsblk',
    '{"label": "EFI\\x20Boot", "n": "donn\\xc3"}',
    { label: 'EFI Boot', n: 'donn\u00c3' },
    ['escapes that JSON has not'],
  ],
  ['other escapes', '{"path": "C:\\Q\\u12"}', { path: 'C:\\Q\\u12' }, ['escapes that JSON has not']],
  ['a line end in a text', '{"a": "one\ntwo"}', { a: 'one two' }, ['control characters in texts']],
  ['stray commas', '{"a": [1, 2,], "b": {"c": ",]",},}', { a: [1, 2], b: { c: ',]' } }, ['commas with nothing behind them']],
  ['a warning before', 'WARNING: [sg] old\n{"a": 1}', { a: 1 }, ['text around the document']],
  ['words behind', '{"a": 1}\nDone. {really}', { a: 1 }, ['text around the document']],
];
for (const [what, text, value, repairs] of cases) test(what, () => assert.deepEqual(readJson(text), { value, repairs }));

for (const text of ['{"a": [1, 2', '{"a": "half', '', 'no document', '{"a": 1 "b": 2}', '{a: 1}', '{"a": tru}'])
  test(`nothing is guessed: ${text}`, () => assert.equal(readJson(text), undefined));

for (const text of ['"children": [{"a": 1}]}', '{"b": 2}, {"a": 1}'])
  test(`a part of a document is none: ${text}`, () => assert.equal(readJson(text), undefined));

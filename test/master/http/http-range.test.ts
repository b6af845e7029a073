import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ByteRange, parseRange } from '../../../src/master/http/http-range.ts';

const whole: ByteRange = { kind: 'whole' };
const rows: [header: string | undefined, range: ByteRange][] = [
  [undefined, whole],
  ['bytes=0-', { kind: 'part', first: 0, last: 99 }],
  ['bytes=10-19', { kind: 'part', first: 10, last: 19 }],
  ['bytes=90-500', { kind: 'part', first: 90, last: 99 }],
  ['bytes=-5', { kind: 'part', first: 95, last: 99 }],
  ['bytes=-500', { kind: 'part', first: 0, last: 99 }],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=20-10', whole],
  ['bytes=0-1,5-6', whole],
  ['lines=0-1', whole],
  ['bytes=-', whole],
];
for (const [header, range] of rows) it(`${header} of 100 bytes`, () => assert.deepEqual(parseRange(header, 100), range));

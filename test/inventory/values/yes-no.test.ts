import assert from 'node:assert/strict';
import test from 'node:test';
import { onOff, yesNo } from '../../../src/inventory/values/yes-no.ts';

for (const [word, answer] of [
  ['Yes', true],
  ['yes ', true],
  ['NO', false],
  ['not', undefined],
  ['eyes', undefined],
  ['yes, once', undefined],
  ['piano', undefined],
  ['', undefined],
  [undefined, undefined],
] as const) {
  test(`yes or no: ${word} is ${answer}`, () => assert.equal(yesNo(word), answer));
}

for (const [word, answer] of [
  ['on', true],
  ['On', true],
  ['OFF', false],
  ['one', undefined],
  ['icon', undefined],
  ['offset', undefined],
  ['cutoff', undefined],
  [undefined, undefined],
] as const) {
  test(`on or off: ${word} is ${answer}`, () => assert.equal(onOff(word), answer));
}

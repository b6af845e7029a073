import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseStrictJson, RECORD_JSON_LIMITS } from '../../../src/master/intake/strict-json.ts';

const LIMITS = { depth: 3, values: 20, stringCharacters: 20, numberCharacters: 10 };
const parse = (text: string, limits = LIMITS): unknown => parseStrictJson(Buffer.from(text), limits).value;

/** The most that is allowed, and one more. */
const edges: [what: string, fits: string, tooMuch: string][] = [
  ['levels', '[[[]]]', '[[[[]]]]'],
  ['levels, one after the other', '[[[]],[[]],[[]],[[]]]', '[[[]],[[]],[[[]]]]'],
  ['levels of objects', '{"a":{"b":{}},"c":{"d":{}}}', '{"a":{"b":{"c":{}}}}'],
  ['numbers', `[${Array(19).fill(1)}]`, `[${Array(20).fill(1)}]`],
  ['empty objects', `[${Array(19).fill('{}')}]`, `[${Array(20).fill('{}')}]`],
  ['empty lists', `[${Array(19).fill('[]')}]`, `[${Array(20).fill('[]')}]`],
  ['characters of a text', `"${'x'.repeat(18)}"`, `"${'x'.repeat(19)}"`],
  ['characters of a text with backslashes and quotes', `"${String.raw`\\\"`.repeat(4)}xx"`, `"${String.raw`\\\"`.repeat(4)}xxx"`],
  ['characters of a number', '[1234567890]', '[12345678901]'],
];
for (const [what, fits, tooMuch] of edges) {
  it(`takes as many ${what} as it may, and not one more`, () => {
    assert.deepEqual(parse(fits), JSON.parse(fits));
    assert.throws(() => parse(tooMuch), { code: 'body-malformed', message: /^it (is nested|has)/ });
  });
}

const WIDE = { depth: 10, values: 1000, stringCharacters: 10_000, numberCharacters: 10 };
/** Keys of the characters that can lead a reader of quotes astray. */
const key = fc.string({ unit: fc.constantFrom('"', '\\', 'a', '\n'), maxLength: 6 });

it('sees a key twice whatever quotes and backslashes it is made of', () => {
  fc.assert(
    fc.property(key, key, (twice, other) => {
      const quoted = JSON.stringify(twice);
      const between = twice === other ? '' : `${JSON.stringify(other)}:[${quoted},"\\\\"],`;
      assert.throws(() => parse(`{${quoted}:"\\"",${between}${quoted}:2}`, WIDE), { message: /twice in one object/ });
    }),
    { numRuns: 2000 },
  );
});

it('takes different keys for different, whatever quotes and backslashes they are made of', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 5 }), (keys) => {
      const text = JSON.stringify(Object.fromEntries(keys.map((one) => [one, one])));
      assert.deepEqual(parse(text, WIDE), JSON.parse(text));
    }),
    { numRuns: 2000 },
  );
});

it('repeats no more of a key than a person needs', () => {
  const text = `{"${'k'.repeat(500)}":1,"${'k'.repeat(500)}":2}`;
  assert.throws(() => parse(text, WIDE), { message: `it has the key "${'k'.repeat(60)}" twice in one object` });
});

it('has limits for records far above what machines have: a lower one would turn a machine away', () => {
  assert.deepEqual(RECORD_JSON_LIMITS, { depth: 64, values: 150_000, stringCharacters: 262_144, numberCharacters: 400 });
});

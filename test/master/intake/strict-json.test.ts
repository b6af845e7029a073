import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { visibleTexts } from '../../../src/domain/values/visible-text.ts';
import { parseStrictJson } from '../../../src/master/intake/strict-json.ts';

const LIMITS = { depth: 5, values: 100, stringCharacters: 50, numberCharacters: 30 };
const WIDE = { depth: 1000, values: 100_000, stringCharacters: 100_000, numberCharacters: 400 };
const parse = (text: string | Uint8Array): unknown => parseStrictJson(Buffer.from(text), LIMITS).value;

describe('JSON from somebody we do not know', () => {
  it('is what JSON.parse makes of it', () => {
    const texts = [
      '{"a":[{"b":"[[[[\\"[[["}]}',
      '"text"',
      ' {"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]} ',
      '{"\\\\":1,"\\\\\\"":2}',
      '[-0.5e-3,true,null]',
    ];
    for (const text of texts) assert.deepEqual(parse(text), JSON.parse(text), text);
  });

  it('is what JSON.parse makes of it, whatever the value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        if (text.includes('__proto__')) return;
        assert.deepEqual(parseStrictJson(Buffer.from(text), WIDE).value, JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is said to be visible only where there is nothing to make visible', () => {
    const unit = fc.constantFrom(
      'a',
      '"',
      '\\',
      '\n',
      '\t',
      '\r',
      '\b',
      '\f',
      '\u0000',
      '\u001b',
      '\u0085',
      '\u202e',
      '\u200b',
      '\ufff9',
      'ä',
      '\u2003',
    );
    const text = fc.string({ unit, maxLength: 6 });
    const escaped = (json: string): string =>
      json.replaceAll(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
    fc.assert(
      fc.property(
        fc.dictionary(text, fc.array(text, { maxLength: 3 }), { maxKeys: 4, noNullPrototype: true }),
        fc.boolean(),
        (value, isEscaped) => {
          const json = JSON.stringify(value);
          const read = parseStrictJson(Buffer.from(isEscaped ? escaped(json) : json), WIDE);
          if (read.isVisible) assert.equal(visibleTexts(read.value), read.value, json);
        },
      ),
      { numRuns: 3000 },
    );
    const machine = { a: 'a text', 'b/c': [1, 'two lines\nand\ta tab', 'ä "quoted" \\ path'] };
    assert.equal(parseStrictJson(Buffer.from(JSON.stringify(machine)), WIDE).isVisible, true);
  });

  it('is refused with a reason and nothing else, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parse(bytes);
        } catch (error) {
          assert.equal(error instanceof Error && 'code' in error && error.code, 'body-malformed');
        }
      }),
      { numRuns: 500 },
    );
  });

  const refused: [what: string, text: string | Uint8Array, why: RegExp][] = [
    ['nesting', '[[[[[[1]]]]]]', /deeper than 5/],
    ['nesting that never ends', '['.repeat(1000), /deeper than 5/],
    ['many values', `[${'1,'.repeat(200)}1]`, /more than 100 values/],
    ['a long text', `["${'x'.repeat(60)}"]`, /longer than 50 characters/],
    ['a text without an end', `"${'x'.repeat(60)}`, /longer than 50 characters/],
    ['a long number', `[${'1'.repeat(40)}]`, /more than 30 characters/],
    ['a number without end', '[1e999]', /too large/],
    ['a key twice', '{"a":1,"b":2,"a":3}', /the key "a" twice/],
    ['a key twice in two spellings', '{"a":1,"\\u0061":2}', /the key "a" twice/],
    ['a key twice behind an object', '{"a":{"x":1},"a":2}', /the key "a" twice/],
    ['a prototype', '{"__proto__":{"isAdmin":true}}', /__proto__/],
    ['a prototype in another spelling', '{"\\u005f_proto__":1}', /__proto__/],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), /not UTF-8/],
    ['a byte order mark', '\ufeff{}', /not JSON/],
    ['a cut text', '{"a":', /not JSON/],
    ['a text cut behind a backslash', '"a\\', /not JSON/],
    ['a key with an escape that there is not', '{"\\q":1}', /not JSON/],
    ['two texts', '{}{}', /not JSON/],
    ['nothing', '', /not JSON/],
  ];
  for (const [what, text, why] of refused) {
    it(`is refused: ${what}`, () => assert.throws(() => parse(text), { code: 'body-malformed', message: why }));
  }
});

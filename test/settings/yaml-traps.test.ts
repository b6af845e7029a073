import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SiteSettings } from '../../src/domain/site-settings.ts';
import { savedText } from '../../src/settings/saved-text.ts';
import { settingsFromText } from '../../src/settings/settings-text.ts';

const said = (text: string): string => {
  const outcome = settingsFromText(text, SiteSettings);
  return outcome.outcome === 'ok'
    ? JSON.stringify(outcome.settings)
    : outcome.mistakes.map(({ line, message, hint }) => `${line}: ${message} (${hint})`).join('\n');
};

for (const [text, expected] of [
  ['vlan: 0120\n', /^1: 0120 is octal to YAML 1\.1, and 120 to YAML 1\.2 \(write 120, or the number that you mean/],
  ['vlan: 1:30\n', /in sixties to YAML 1\.1, and a text to YAML 1\.2/],
  ['vlan: on\n', /^1: vlan: .*\(write a number\)$/],
  ['ipv6: on\n', /write true, without quotes/],
  ['site:\n', /it has no value: write one behind the colon/],
  ['a: &x\n  b: 1\nlimits:\n  <<: *x\n', /4: limits: "<<" merges maps in YAML 1\.1 only \(write the settings out\)/],
  ['site: a\nsite: b\n', /^2: this is not YAML: this key stands twice \(take out the one that is not meant\)$/],
  ['site: a\n---\nsite: b\n', /^2: .*a line --- begins another document \(take the line out\)$/],
  ['site: a: b\n', /put quotes around a value that holds a colon and a blank/],
  ['site: @home\n', /put quotes around the value/],
  ["site: 'it's'\n", /write quotes inside of it twice/],
  ['site: hall\u00a0\n', /has a letter at its end that is not seen \(U\+00A0\) \(delete it there/],
  ['\u200bsite: hall\n', /not seen \(U\+200B\)/],
] as const)
  test(`${JSON.stringify(text)} is a mistake with a hint`, () => assert.match(said(text), expected));

test('what is meant as it stands is taken as it stands', () => {
  for (const [text, settings] of [
    ['site: 0123\n', { site: '0123' }],
    ['site: no\n', { site: 'no' }],
    [
      'expected:\n  machines:\n    - serial: 0012345\n    - serial: 1e5\n    - serial: 12:34:56\n',
      { expected: { machines: [{ serial: '0012345' }, { serial: '1e5' }, { serial: '12:34:56' }] } },
    ],
    ['site: "“quoted”"\n', { site: '“quoted”' }],
  ] as const)
    assert.equal(said(text), JSON.stringify(settings), text);
});

test('lines end as on any system, in each encoding', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['site: Süd', 'visit: auto', ''].join(end);
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16(), Buffer.from(text, 'latin1')])
      assert.equal(said(savedText(bytes).text), '{"site":"Süd","visit":"auto"}', JSON.stringify(end));
  }
});

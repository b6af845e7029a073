import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SiteSettings } from '../../src/domain/site-settings.ts';
import { settingsFromText } from '../../src/settings/settings-text.ts';

function mistakes(text: string): string[] {
  const result = settingsFromText(text, SiteSettings);
  assert.equal(result.outcome, 'wrong');
  return result.mistakes.map(({ line, message, hint }) => `${line}: ${message}${hint === undefined ? '' : ` (${hint})`}`);
}

function settings(text: string) {
  const result = settingsFromText(text, SiteSettings);
  assert.equal(result.outcome, 'ok', JSON.stringify(result));
  return result.settings;
}

test('an empty file and one of comments say nothing, and that is valid', () => {
  assert.deepEqual(settings(''), {});
  assert.deepEqual(settings('# site: hall-3\r\n\r\n'), {});
});

test('a file from a Windows editor is read: byte order mark, CRLF, umlauts', () => {
  assert.deepEqual(settings('\uFEFFsite: Halle Süd\r\nexpected:\r\n  count: 40\r\n'), { site: 'Halle Süd', expected: { count: 40 } });
});

test('serial numbers of digits keep their leading zeros, MAC addresses get one spelling', () => {
  const { expected } = settings(
    'expected:\n  machines:\n    - serial: 0012345\n    - mac: 52-54-00-AB-CD-EF\n      name: 12\n    - mac: 525400123456\n',
  );
  assert.deepEqual(expected?.machines, [{ serial: '0012345' }, { mac: '52:54:00:ab:cd:ef', name: '12' }, { mac: '52:54:00:12:34:56' }]);
});

test('a typo is told with its line and the nearest valid key', () => {
  assert.deepEqual(mistakes('site: x\n\nexpeted:\n  count: 3\n'), ['3: "expeted" is not a setting (did you mean "expected"?)']);
  assert.deepEqual(mistakes('expected:\n  cuont: 3\n'), ['2: expected: "cuont" is not a setting (did you mean "count"?)']);
  assert.deepEqual(mistakes('site: x\nvisits: continue\n'), ['2: "visits" is not a setting (did you mean "visit"?)']);
  assert.deepEqual(mistakes('visit: contine\n'), ['1: visit: it is none of auto, continue']);
  assert.match(mistakes('zzzzzz: 3\n')[0] ?? '', /^1: "zzzzzz" is not a setting \(valid here: site, visit, mode, /);
});

test('all mistakes are told at once, in the order of lines', () => {
  assert.deepEqual(mistakes('vlan: 5000\nmode: proxy\nexpected:\n  machines:\n    - mac: zz\n    - name: x\n'), [
    '1: vlan: 4094 at most',
    '2: mode: it is none of own-dhcp, proxy-dhcp, look-only',
    '5: expected.machines.0.mac: not a MAC address: zz',
    '6: expected.machines.1: a machine needs a mac or a serial',
  ]);
});

test('what is no YAML, or not a list of settings, is said so', () => {
  assert.deepEqual(mistakes('site: x\n\tmode: own-dhcp\n'), [
    '2: this is not YAML: Tabs are not allowed as indentation (indent with blanks, not with tabs)',
  ]);
  assert.match(mistakes('site: a\nsite: b\n')[0] ?? '', /^2: this is not YAML: this key stands twice/);
  assert.match(mistakes('- site\n')[0] ?? '', /write one setting per line/);
  assert.match(mistakes('ssh:\n')[0] ?? '', /indent its settings below it/);
});

test('settings that exclude each other are no silent choice', () => {
  assert.match(mistakes('mode: proxy-dhcp\n')[0] ?? '', /needs an address on that network/);
  assert.match(mistakes('address: 192.0.2.5/24\n')[0] ?? '', /for mode proxy-dhcp only/);
  assert.deepEqual(settings('mode: proxy-dhcp\naddress: 192.0.2.5/24\n').address, '192.0.2.5/24');
});

test('only a public key is taken for remote login', () => {
  assert.match(
    mistakes('ssh:\n  authorizedKey: -----BEGIN OPENSSH PRIVATE KEY-----\n')[0] ?? '',
    /^2: ssh.authorizedKey: not a public key/,
  );
  assert.match(mistakes('ssh:\n  authorizedKey: "ssh-ed25519 AAAA x\\nssh-rsa BBBB y"\n')[0] ?? '', /not a public key/);
  assert.equal(settings('ssh:\n  authorizedKey: ssh-ed25519 AAAAC3Nz me@laptop\n').ssh?.authorizedKey, 'ssh-ed25519 AAAAC3Nz me@laptop');
});

const hints: [text: string, says: RegExp][] = [
  ['ipv6: no\n', /line 1: ipv6: .*; write false, without quotes: "no" is a text/],
  ['ipv6: "yes"\n', /line 1: ipv6: .*; write true, without quotes/],
  ['vlan: "120"\n', /line 1: vlan: .*; write 120 without quotes/],
  ['site: hall\nlimits:\n  quietMinutes: "2,5"\n', /line 3: limits\.quietMinutes: .*; write 2\.5 without quotes/],
  ['site: “hall-3”\n', /line 1: “hall-3” has typographic quotes; write straight ones/],
  ['mode: own-dhcp\nsite: „Zürich“\n', /line 2: „Zürich“ has typographic quotes/],
  ['expected:\n  file: ‘list.csv’\n', /line 2: ‘list\.csv’ has typographic quotes/],
];
for (const [text, says] of hints) {
  test(`a hint for ${JSON.stringify(text)}`, () => {
    const outcome = settingsFromText(text, SiteSettings);
    assert.equal(outcome.outcome, 'wrong');
    const [mistake] = outcome.outcome === 'wrong' ? outcome.mistakes : [];
    assert.match(`line ${mistake?.line}: ${mistake?.message}; ${mistake?.hint}`, says);
  });
}

test('quotes of any kind inside straight ones are letters', () => {
  const outcome = settingsFromText('site: "“hall”"\n', SiteSettings);
  assert.deepEqual(outcome.outcome === 'ok' && outcome.settings, { site: '“hall”' });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { SiteSettings } from '../../src/domain/site-settings.ts';
import { siteSettingsTemplate } from '../../src/domain/site-settings-template.ts';
import { settingsFromText } from '../../src/settings/settings-text.ts';

/** Whose it is does not matter here. */
const AGE_RECIPIENT = 'age1ltazt7jtnhv57ae8m589jx8gg09rvqwj5f8khkwfmt0td37kqvmqekda7k';

test('a new stick explains every setting', async () => {
  const golden = await readFile(new URL('golden/recon.yaml', import.meta.url), 'utf8');
  assert.equal(siteSettingsTemplate().replaceAll('\r\n', '\n'), golden);
  assert.doesNotMatch(siteSettingsTemplate(), /[^\r]\n/, 'an old Windows editor shows one long line');
});

test('as it stands it says nothing, and with every line switched on it is valid', () => {
  const template = siteSettingsTemplate();
  assert.deepEqual(settingsFromText(template, SiteSettings), { outcome: 'ok', settings: {} });
  const all = template
    .replaceAll(/^# /gm, '')
    .replace(/^address:.*$/m, '')
    .replace('AAAA… you@laptop', 'AAAA you@laptop')
    .replace('age1…', AGE_RECIPIENT);
  const result = settingsFromText(all, SiteSettings);
  assert.equal(result.outcome, 'ok', JSON.stringify(result));
  assert.deepEqual(Object.keys(result.settings), [
    'site',
    'visit',
    'mode',
    'subnet',
    'vlan',
    'interfaces',
    'ipv6',
    'expected',
    'limits',
    'ssh',
    'encryptTo',
    'keepRecords',
    'encryptRecords',
    'grow',
    'tools',
  ]);
});

test('the key that an image was built with is named, and needs no line here', () => {
  const template = siteSettingsTemplate({ encryptTo: AGE_RECIPIENT });
  assert.deepEqual(settingsFromText(template, SiteSettings), { outcome: 'ok', settings: {} });
  assert.match(template, new RegExp(`BUILT WITH THE VALUE BELOW.*\r\n# encryptTo: ${AGE_RECIPIENT}\r\n`));
  const switchedOff = template.replace(/^# encryptTo: .*$/m, 'encryptTo: none');
  assert.deepEqual(settingsFromText(switchedOff, SiteSettings), { outcome: 'ok', settings: { encryptTo: 'none' } });
});

test('a key with a typing mistake is a mistake before anything is served', () => {
  const wrong = settingsFromText(`encryptTo: ${AGE_RECIPIENT.replace(/k$/, 'l')}\n`, SiteSettings);
  assert.match(JSON.stringify(wrong), /typing mistake/);
  assert.match(JSON.stringify(settingsFromText('encryptTo: age1abc\n', SiteSettings)), /not a public key of age/);
  const secret = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  const told = JSON.stringify(settingsFromText(`encryptTo: ${secret}\n`, SiteSettings));
  assert.match(told, /secret half/);
  assert.ok(!told.includes(secret));
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { SiteSettings } from '../../src/domain/site-settings.ts';
import { siteSettingsTemplate } from '../../src/domain/site-settings-template.ts';
import { settingsFromText } from '../../src/service/settings-text.ts';

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
    .replace('AAAA… you@laptop', 'AAAA you@laptop');
  const result = settingsFromText(all, SiteSettings);
  assert.equal(result.outcome, 'ok', JSON.stringify(result));
  assert.deepEqual(Object.keys(result.settings), [
    'site',
    'mode',
    'subnet',
    'vlan',
    'interfaces',
    'ipv6',
    'expected',
    'limits',
    'ssh',
    'tools',
  ]);
});

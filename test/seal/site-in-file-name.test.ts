import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteInFileName } from '../../src/seal/site-in-file-name.ts';

const names: [site: string, name: RegExp][] = [
  ['hall-3', /^hall-3$/],
  ['Hall 3/West', /^Hall-3-West$/],
  ['Zürich Süd', /^Zuerich-Sued$/],
  ['Zu\u0308rich', /^Zuerich$/],
  ['Tromsø', /^Tromsoe$/],
  ['Orléans', /^Orleans-[0-9a-f]{6}$/],
  ['機房 3', /^3-[0-9a-f]{6}$/],
  ['Москва', /^site-[0-9a-f]{6}$/],
  ['...', /^site-[0-9a-f]{6}$/],
];
for (const [site, name] of names) test(`${site} in a file's name`, () => assert.match(siteInFileName(site), name));

test('sites of any alphabet have names of their own, which every file system takes', () => {
  const sites = [
    '機房 3',
    '機房 4',
    '机房 3',
    'Москва',
    'Минск',
    'é'.repeat(60),
    'è'.repeat(60),
    'e'.repeat(60),
    'ü'.repeat(60),
    'ü'.repeat(59),
    'مركز',
    '東京',
    '大阪',
    '🏢',
    '🏭',
    'Köln',
    'Koln',
  ];
  const found = sites.map(siteInFileName);
  assert.equal(new Set(found.map((name) => name.toLowerCase())).size, sites.length);
  for (const name of found) assert.match(name, /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/);
});

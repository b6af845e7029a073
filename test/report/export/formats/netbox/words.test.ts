import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NetboxNames } from '../../../../../src/report/export/formats/netbox/words.ts';

test('spellings that make one slug are one name: the first that was met', () => {
  const names = new NetboxNames();
  assert.deepEqual(names.take('R730 XD'), { name: 'R730 XD', slug: 'r730-xd', isNew: true });
  assert.deepEqual(names.take('r730-xd'), { name: 'R730 XD', slug: 'r730-xd', isNew: false });
  assert.deepEqual(names.take('R740'), { name: 'R740', slug: 'r740', isNew: true });
});

test('a name and its slug have 90 characters, and a text of which no slug can be made has one all the same', () => {
  const names = new NetboxNames();
  assert.deepEqual(names.take('N'.repeat(91)), { name: 'N'.repeat(90), slug: 'n'.repeat(90), isNew: true });
  assert.deepEqual(names.take('\u2603'), { name: '\u2603', slug: 'unknown', isNew: true });
  assert.deepEqual(new NetboxNames().take(' '), { name: 'Unknown', slug: 'unknown', isNew: true });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardName } from '../../../src/master/verdict/card-names.ts';
import { readPciIds } from '../../../src/platform/machine/kernel-modules.ts';

const TEXT = [
  '# comment',
  '1657  Brocade Communications Systems, Inc.',
  '\t0014  1010/1020 FC Adapter',
  '\t\t1657 0015  A name below',
  '8086  Intel Corporation',
  '\t1229  82557/8/9/0/1 Ethernet Pro 100',
  'C 02  Network controller',
  '\t00  Ethernet controller',
].join('\n');

test('a card is called by its maker and its own name; subsystems and classes are not cards', () => {
  assert.equal(cardName(TEXT, '8086:1229'), 'Intel Corporation 82557/8/9/0/1 Ethernet Pro 100');
  assert.equal(cardName(TEXT, '1657:0014'), 'Brocade Communications Systems, Inc. 1010/1020 FC Adapter');
  assert.equal(cardName(TEXT, '1657:1229'), 'Brocade Communications Systems, Inc.');
  assert.equal(cardName(TEXT, '0014:1010'), undefined);
  assert.equal(cardName('', '8086:1229'), undefined);
});

test('names are read from the first list that there is', async () => {
  assert.equal(await readPciIds(['/nowhere', '/etc/hostname/no', '/proc/self/comm']).then((text) => text.length > 0), true);
  assert.equal(await readPciIds(['/nowhere']), '');
});

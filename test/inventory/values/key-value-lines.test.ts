import assert from 'node:assert/strict';
import test from 'node:test';
import { keyValueLines } from '../../../src/inventory/values/key-value-lines.ts';

test('keys and values without the blanks around them; the first of equal keys', () => {
  const text = [
    'IP Address Source       : Static Address',
    ' MAC Address : 00:30:48:F4:4D:83 ',
    'Auth Type Enable        : Callback : MD2',
    '                        : User     : MD2',
    'MAC Address : 00:00:00:00:00:01',
    'Empty :',
    'Close:to it',
    'no key at all',
    '',
  ].join('\n');
  assert.deepEqual(Object.fromEntries(keyValueLines(text)), {
    'IP Address Source': 'Static Address',
    'MAC Address': '00:30:48:F4:4D:83',
    'Auth Type Enable': 'Callback : MD2',
  });
});

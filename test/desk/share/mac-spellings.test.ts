import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskedSpellings } from '../../../src/desk/share/mac-spellings.ts';
import { maskedText, pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';

const names = pseudonymsOf(Buffer.alloc(32, 7));
const MAC = '3c:ec:ef:0a:bc:02';
const digits = names.mac(MAC).replaceAll(':', '');
const masked = maskedSpellings([MAC, 'SERIAL-1001'], names.mac);

const texts: [text: string, becomes: string][] = [
  ['enx3cecef0abc02', `enx${digits}`],
  ['ENX3CECEF0ABC02.100', `ENX${digits}.100`],
  ['wlx3cecef0abc02', `wlx${digits}`],
  ['3cec.ef0a.bc02', digits.replace(/(.{4})(.{4})(.{4})/, '$1.$2.$3')],
  ['pci-0000:00:14.0-usb-0:3:1.0-3c-ec-ef-0a-bc-02', `pci-0000:00:14.0-usb-0:3:1.0-${names.mac(MAC).replaceAll(':', '-')}`],
  ['eth0', 'eth0'],
];
for (const [text, becomes] of texts)
  test(`${text} has the digits of the pseudonym`, () => assert.equal(masked(text).toLowerCase(), becomes.toLowerCase()));

test('the same as IPv6 and InfiniBand write it', () => {
  const text = masked('3eec:efff:fe0a:bc02 and 3eecef.fffe.0abc02');
  assert.doesNotMatch(text.replaceAll(/[^0-9a-f]/g, ''), /0abc02/);
  assert.match(text, /^3eec:efff:fe/);
});

test('a client identifier in a sentence is none of ours any more', () => {
  const text = maskedText('client identifier ff:00:00:00:00:00:02:00:00:02:c9:00:00:02:c9:03:00:a1:b2:c3.', names);
  assert.doesNotMatch(text, /a1:b2:c3/);
  assert.match(text, /^client identifier ([0-9a-f]{2}:){19}[0-9a-f]{2}\.$/);
});

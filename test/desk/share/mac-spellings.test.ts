import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskedSpellings } from '../../../src/desk/share/mac-spellings.ts';
import { maskedText, pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';
import { spellingsOf } from './spellings-of.ts';

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

test('no spelling of an address is left in any text, whatever its digits are', () => {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let run = 0; run < 300; run++) {
    const octet = (): string =>
      Math.floor(random() ** (run % 2 === 0 ? 1 : 6) * 256)
        .toString(16)
        .padStart(2, '0');
    const mac = [`0${'26ae048c'[Math.floor(random() * 8)]}`, octet(), octet(), octet(), octet(), `${octet().slice(1)}7`].join(':');
    const own = names.mac(mac);
    const mask = maskedSpellings([mac], names.mac);
    // the maker's half stays, so that a pseudonym may end as the address did
    const isAlike = own.slice(-5) === mac.slice(-5);
    for (const spelling of spellingsOf(mac)) {
      const text = mask(`x ${spelling}, y`);
      assert.ok(isAlike || !text.includes(spelling), `${mac}: ${spelling} is left in ${text}`);
      const digitsOf = (some: string): string => some.toLowerCase().replaceAll(/%3a|[^0-9a-f]/g, '');
      assert.ok(isAlike || !digitsOf(text).includes(digitsOf(spelling)), `${mac}: the digits of ${spelling} are left in ${text}`);
    }
  }
});

test('what is no spelling of it stays, letter for letter', () => {
  for (const text of [
    '0000:00:14.0',
    'VMware-56 4d 1f 28 89 33 f8 e2-64 74 01 59 92 3b 58 0e',
    'fe80::1',
    '2026-11-29 10:00:00',
    'Bank 1, 3cecef0abc0',
  ])
    assert.equal(masked(text), text);
});

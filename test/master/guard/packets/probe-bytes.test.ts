import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildProbes } from '../../../../src/master/guard/packets/probes.ts';

/** Fields in hexadecimal; `N zeros` stands for so many zero bytes. */
function bytes(...fields: string[]): string {
  return fields
    .join(' ')
    .replaceAll(/(\d+) zeros/g, (_all, count) => '00'.repeat(Number(count)))
    .replaceAll(' ', '');
}
/** What is behind the last byte that says something is padding. */
const hex = (frame: Uint8Array | undefined): string => Buffer.from(frame ?? []).toString('hex');

const OUR_MAC = '025245434f4e';
const BROADCAST = `ffffffffffff ${OUR_MAC}`;
/** 576 bytes of IPv4, time to live 64, UDP, from 0.0.0.0:68 to 255.255.255.255:67 */
const TO_SERVERS = '0800 4500 0240 0000 0000 4011 78ae 00000000 ffffffff 0044 0043 022c';
/** to the end of the fixed part: BOOTREQUEST over Ethernet, 60 seconds, answers by broadcast, no address, our hardware address */
const ASKING = (transaction: string): string => `01010600 ${transaction} 003c 8000 16 zeros ${OUR_MAC} 202 zeros 63825363`;
/** greatest message 1472; the options that are asked for */
const LIMITS = '3902 05c0 3709 01 03 06 2b 33 36 3c 42 43';

/** As tcpdump -vvv reads them: checksums hold, and every option is what the name says. */
const golden: readonly [what: string, frame: string][] = [
  ['DISCOVER', bytes(BROADCAST, TO_SERVERS, '7eea', ASKING('ffffffec'), '3501 01', LIMITS, 'ff')],
  [
    'DISCOVER of a network-boot ROM: client UUID, UNDI 3.16, x64 UEFI, vendor class',
    bytes(
      ...[BROADCAST, TO_SERVERS, '384d', ASKING('ffffffed'), '3501 01', LIMITS],
      ...['6111 00', Buffer.from('recon probe uuid').toString('hex'), '5e03 01 03 10', '5d02 0007'],
      ...['3c20', Buffer.from('PXEClient:Arch:00007:UNDI:003016').toString('hex'), 'ff'],
    ),
  ],
  ['REQUEST of 192.0.2.77', bytes(BROADCAST, TO_SERVERS, '2af4', ASKING('ffffffee'), '3501 03', '3204 c000024d', LIMITS, 'ff')],
  [
    'router solicitation from :: to ff02::2',
    bytes(`333300000002 ${OUR_MAC} 86dd`, '60000000 0008 3a ff', '16 zeros', 'ff02 13 zeros 02', '8500 7bb8 00000000'),
  ],
  [
    'DHCPv6 SOLICIT from our link-local address to ff02::1:2',
    bytes(
      ...[`333300010002 ${OUR_MAC} 86dd`, '60000000 0038 11 ff', 'fe80 6 zeros 005245fffe434f4e', 'ff02 11 zeros 010002'],
      ...['0222 0223 0038 8dc6', '01 52434e', `0001 000a 0003 0001 ${OUR_MAC}`, '0008 0002 0000'],
      ...['0003 000c 00000001 00000000 00000000', '0006 0004 0017 003b'],
    ),
  ],
];

for (const [at, [what, frame]] of golden.entries()) {
  test(`the bytes of: ${what}`, () => {
    const sent = buildProbes(2 ** 30 - 5)[at];
    assert.equal(hex(sent), frame.padEnd(2 * 590, '0'));
  });
}

test('the bytes of: who has 192.168.9.250', () => {
  const sent = buildProbes(7, '192.168.9.250')[3];
  const frame = bytes(BROADCAST, '0806', '0001 0800 06 04 0001', `${OUR_MAC} 00000000`, '6 zeros c0a809fa');
  assert.equal(hex(sent), frame.padEnd(2 * 590, '0'));
});

import assert from 'node:assert/strict';
import test from 'node:test';
import type { KeyKind } from '../../../src/domain/record/identity.ts';
import { judgeValue } from '../../../src/judge/identity/usable-value.ts';

const SAMPLE = 'a sample value that many boards carry';
const ONE_DIGIT = 'one digit again and again';
const ONE_CHARACTER = 'one character again and again';
const COUNTED = 'counted-up characters';
const WORD = 'a word instead of a number';
const PLACEHOLDER = 'a placeholder that the maker left in';

const worthless: readonly [kind: KeyKind, raw: string, reason: string][] = [
  ['uuid', '03000200-0400-0500-0006-000700080009', SAMPLE],
  ['uuid', '00020003-0004-0005-0006-000700080009', SAMPLE],
  ['uuid', '12345678-1234-5678-90AB-CDDEEFAABBCC', 'counted-up digits'],
  ['uuid', '00000000-0000-0000-0000-0cc47a000001', 'a MAC address behind zeros, not a UUID'],
  ['uuid', 'eeeeeeee-4444-3510-8052-b4c04f4d3732', ONE_DIGIT],
  ['uuid', '11111111-1111-1111-1111-111111111111', ONE_DIGIT],
  ['uuid', 'Not Settable', PLACEHOLDER],
  ['uuid', '4c4c4544-0044-3510-8052', 'not a UUID'],
  ['uuid', 'x4c4c4544-0044-3510-8052-b4c04f4d3732', 'not a UUID'],
  ['uuid', '4c4c4544-0044-3510-8052-b4c04f4d37320', 'not a UUID'],
  ['serial', 'To Be Filled By O.E.M.', PLACEHOLDER],
  ['serial', 'A1B', 'too short'],
  ['serial', '1111', ONE_CHARACTER],
  ['serial', 'zzzzzzz', ONE_CHARACTER],
  ['serial', '0123456701', COUNTED],
  ['serial', '1234567A', COUNTED],
  ['serial', '1234', COUNTED],
  ['serial', 'ABCDEFGH1', COUNTED],
  ['serial', 'AAAABBBBCCCC3', COUNTED],
  ['serial', 'None given', WORD],
  ['serial', 'Serial-7', WORD],
  ['serial', 'SerNum00012', WORD],
  ['serial', 'Default7', WORD],
  ['serial', 'EmptySlot1', WORD],
  ['serial', 'Test1234', WORD],
  ['serial', 'REDACTED-1', WORD],
  ['serial', 'OEM12345', WORD],
  ['board-serial', 'OEM12345', WORD],
  ['disk', 'Volume1', 'the name of a RAID volume'],
  ['disk', 'VOLUME12', 'the name of a RAID volume'],
  ['disk', 'rootdisk', 'a name without a digit'],
  ['nic', '00:00:00:00:00:07', 'a sample address'],
  ['nic', '00:11:22:33:44:55', 'a sample address'],
  ['nic', '00:01:02:03:04:05', 'a sample address'],
  ['nic', '12:34:56:78:9A:BC', 'a sample address'],
  ['nic', '00:DE:AD:BE:EF:17', 'a sample address'],
  ['nic', '01:00:5e:00:00:01', 'a group address'],
  ['nic', '0b:00:5e:00:00:01', 'a group address'],
  ['bmc-mac', '52:54:00:12:34', 'not a MAC address'],
  ['nic', '52:54:00:12:34:56:78', 'not a MAC address'],
  ['nic', 'a52:54:00:12:34:56', 'not a MAC address'],
];
for (const [kind, raw, reason] of worthless) {
  test(`${kind} ${raw}: ${reason}`, () => assert.deepEqual(judgeValue(kind, raw), { ignored: raw, reason }));
}

const good: readonly [kind: KeyKind, raw: string, value: string][] = [
  // of the two byte orders the smaller spelling, whichever was written
  ['uuid', '4C4C4544-0044-3510-8052-B4C04F4D3732', '44454c4c-4400-1035-8052-b4c04f4d3732'],
  ['uuid', '44454c4c-4400-1035-8052-b4c04f4d3732', '44454c4c-4400-1035-8052-b4c04f4d3732'],
  ['uuid', '12345678-1235-1111-8052-b4c04f4d3732', '12345678-1235-1111-8052-b4c04f4d3732'],
  ['serial', 'AB12', 'ab12'],
  ['serial', 'X1234567', 'x1234567'],
  ['serial', '12345', '12345'],
  ['serial', 'A1234', 'a1234'],
  ['serial', 'XABCDEFG', 'xabcdefg'],
  ['serial', 'XTEST-7', 'xtest-7'],
  ['serial', '1110', '1110'],
  ['serial', '0x0001', '0x0001'],
  ['disk', 'MyVolume1', 'myvolume1'],
  ['disk', 'Volume1B', 'volume1b'],
  ['nic', '52:54:00:12:34:56', '52:54:00:12:34:56'],
  ['nic', '00:11:22:33:44:56', '00:11:22:33:44:56'],
  ['nic', 'AC:DE:48:00:00:00', 'ac:de:48:00:00:00'],
  ['bmc-mac', '0C:C4:7A:00:00:01', '0c:c4:7a:00:00:01'],
];
for (const [kind, raw, value] of good) test(`${kind} ${raw} is ${value}`, () => assert.deepEqual(judgeValue(kind, raw), { value }));

test('nothing is no value', () => {
  for (const raw of [undefined, '', '  ']) assert.equal(judgeValue('serial', raw), undefined);
});

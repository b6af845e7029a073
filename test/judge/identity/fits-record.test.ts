import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EarlyFacts } from '../../../src/domain/early-facts.ts';
import { fitsRecord } from '../../../src/judge/identity/fits-record.ts';

const KEYS = [
  { kind: 'uuid', value: '44454c4c-4200-1035-8052-b1c04f4e4b32' },
  { kind: 'serial', value: 'cz1  234' },
  { kind: 'board-serial', value: 'b-77' },
  { kind: 'nic', value: '52:54:00:00:00:01' },
] as const;

const CASES: readonly (readonly [what: string, facts: EarlyFacts | undefined, wanted: string])[] = [
  ['the UUID alone, in capitals', { uuid: '4C4C4544-0042-3510-8052-B1C04F4E4B32' }, 'fits'],
  ['the UUID in the other byte order', { uuid: '44454c4c-4200-1035-8052-b1c04f4e4b32' }, 'fits'],
  ['the serial number, with its blanks as a boot loader sends them', { serial: 'CZ1 234' }, 'fits'],
  ['the serial number of the board', { boardSerial: 'B-77' }, 'fits'],
  ['the UUID, and a serial number that everybody has', { uuid: KEYS[0].value, serial: 'To be filled by O.E.M.' }, 'fits'],
  ['the serial number, and the UUID of another machine', { uuid: '4c4c4544-0042-3510-8052-000000000001', serial: 'CZ1 234' }, 'differs'],
  ['the same letters without the blank', { serial: 'CZ1234' }, 'differs'],
  ['another serial number', { serial: 'CZ9999' }, 'differs'],
  ['nothing', undefined, 'unknown'],
  ['what tells no machine from others', { uuid: '03000200-0400-0500-0006-000700080009', serial: 'none', vendor: 'ACME' }, 'unknown'],
];

for (const [what, facts, wanted] of CASES) test(`${what}: ${wanted}`, () => assert.equal(fitsRecord(facts, KEYS), wanted));

test('blanks around what a record has are none of it', () => {
  assert.equal(fitsRecord({ serial: 'CZ1 234' }, [{ kind: 'serial', value: ' cz1 234 ' }]), 'fits');
});

test('a record that has nothing to be told by fits nobody', () => {
  assert.equal(fitsRecord({ uuid: KEYS[0].value, serial: 'CZ1 234' }, [KEYS[3]]), 'unknown');
});

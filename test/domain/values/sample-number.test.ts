import assert from 'node:assert/strict';
import test from 'node:test';
import { isSampleNumber, sampleUuid } from '../../../src/domain/values/sample-number.ts';

/** The first three parts in the other order of bytes. */
const turned = (uuid: string): string =>
  uuid
    .split('-')
    .map((group, at) => (at < 3 ? (group.match(/../g) ?? []).reverse().join('') : group))
    .join('-');

test('UUIDs that were counted up, or are one byte again and again, in either order of bytes', () => {
  const samples = [
    '10203040-5060-7080-90a0-b0c0d0e0f000',
    '00010203-0405-0607-0809-0a0b0c0d0e0f',
    'ffeeddcc-bbaa-9988-7766-554433221100',
    '00010002-0003-0004-0005-000600070008',
    '12345678-9abc-def0-1234-56789abcdef0',
    '12345678-1234-4000-8000-02005e001234',
    '5a5a5a5a-5a5a-5a5a-5a5a-5a5a5a5a5a5a',
    'cafebabe-cafe-babe-cafe-babecafebabe',
    'a1b2c3d4-e5f6-4711-8765-ef1234567a90',
    // letters of a number that was never set: Dell's and HP's
    '4c4c4544-0000-2010-8020-80c04f202020',
    '37363335-3434-2020-2020-202020202020',
    '53d19f64-d663-a017-8922-000000000000',
  ];
  for (const uuid of samples) for (const spelling of [uuid, turned(uuid)]) assert.notEqual(sampleUuid(spelling), undefined, spelling);
});

test('UUIDs of machines are none of these', () => {
  for (const uuid of [
    '4c4c4544-0031-3510-8052-b3c04f564433',
    '30303837-3934-4753-4839-353158303031',
    '00000000-0000-0000-0000-3cecef000001',
    '03a102b3-04c4-05d5-e606-f70700080009',
    'e1a3d1c8-0809-e711-b48a-a81e84729878',
  ])
    assert.equal(sampleUuid(uuid), undefined, uuid);
});

test('a short number that looks counted up from its middle may be real', () => {
  assert.deepEqual(['345678', '34567890', '123456', '98765'].map(isSampleNumber), [false, true, true, false]);
});

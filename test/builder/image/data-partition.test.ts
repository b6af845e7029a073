import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dataSizeBytes,
  diskSignature,
  partitionUuid,
  recordsThatFit,
  volumeDate,
  volumeUuid,
} from '../../../src/builder/image/data-partition.ts';

const MB = 1024 * 1024;

test('DATA_SIZE: megabytes, 256 when not said', () => {
  for (const [setting, megabytes] of [
    [undefined, 256],
    ['', 256],
    ['64', 64],
    ['1024', 1024],
    ['65536', 65536],
  ] as const) {
    assert.equal(dataSizeBytes(setting), megabytes * MB);
  }
});

for (const bad of ['63', '65537', '0', '-256', '1e3', '256MB', '256.5', ' 256', '0x100', 'big', '9'.repeat(400)]) {
  test(`DATA_SIZE=${bad.slice(0, 12)} is refused, with its name and the range`, () => {
    assert.throws(() => dataSizeBytes(bad), { code: 'usage', message: /^DATA_SIZE=.* is not a size in MB from 64 to 65536$/, exitCode: 2 });
  });
}

test('more space holds more records; 512 MB hold a data center of 1,000', () => {
  assert.ok(recordsThatFit(512 * MB) >= 1000);
  assert.ok(recordsThatFit(512 * MB) > 2 * recordsThatFit(256 * MB));
  assert.equal(recordsThatFit(1), 0);
});

test('the signature is 32 bit, the same for the same content, another for another', () => {
  assert.equal(diskSignature('a'), diskSignature('a'));
  assert.notEqual(diskSignature('a'), diskSignature('b'));
  for (let n = 0; n < 200; n += 1) assert.ok(diskSignature(String(n)) > 0 && diskSignature(String(n)) <= 0xffffffff);
});

test('PARTUUID as the kernel writes it, with leading zeros', () => {
  assert.equal(partitionUuid(0x5ec0de01, 3), '5ec0de01-03');
  assert.equal(partitionUuid(0x1a, 3), '0000001a-03');
  assert.equal(partitionUuid(0xfffffffe, 12), 'fffffffe-12');
});

test('the time of the volume: 16 digits in UTC, and the UUID that udev makes of it', () => {
  const date = volumeDate(new Date('2026-11-20T22:40:01.257+01:00'));
  assert.equal(date, '2026112021400125');
  assert.equal(volumeUuid(date), '2026-11-20-21-40-01-25');
});

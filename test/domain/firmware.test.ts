import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectureOf, BOOTABLE_ARCHITECTURES, CLIENT_ARCHITECTURES, unansweredFirmware } from '../../src/domain/firmware.ts';

test('no architecture twice, and only x86 has a loader', () => {
  assert.equal(new Set(CLIENT_ARCHITECTURES.map(({ option93 }) => option93)).size, CLIENT_ARCHITECTURES.length);
  assert.equal(new Set(CLIENT_ARCHITECTURES.map(({ name }) => name)).size, CLIENT_ARCHITECTURES.length);
  assert.deepEqual(
    BOOTABLE_ARCHITECTURES.map(({ option93 }) => option93),
    [0, 7, 9, 16],
  );
});

test('the architecture in a vendor class', () => {
  assert.equal(architectureOf('PXEClient:Arch:00007:UNDI:003016'), 7);
  assert.equal(architectureOf('HTTPClient:Arch:00019:UNDI:003001'), 19);
  assert.equal(architectureOf('PXEClient'), undefined);
  assert.equal(architectureOf('MSFT 5.0'), undefined);
  assert.equal(architectureOf('xPXEClient:Arch:00007'), undefined);
});

test('a machine that gets no answer is named with its reason, within a line of the screen', () => {
  const mac = '52:54:00:00:00:01';
  assert.equal(unansweredFirmware(mac, 77), 'unknown firmware type 77 of 52:54:00:00:00:01: not answered');
  assert.equal(unansweredFirmware(mac, 11), '52:54:00:00:00:01 not answered: no loader for UEFI on 64-bit ARM');
  assert.equal(unansweredFirmware(mac, undefined), '52:54:00:00:00:01 does not say which firmware it has: not answered');
  for (const { option93 } of CLIENT_ARCHITECTURES) assert.ok(unansweredFirmware(mac, option93).length < 80, String(option93));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectureOf, CLIENT_ARCHITECTURES, loadedArchitectures, unansweredFirmware } from '../../src/domain/firmware.ts';

test('no architecture twice', () => {
  assert.equal(new Set(CLIENT_ARCHITECTURES.map(({ option93 }) => option93)).size, CLIENT_ARCHITECTURES.length);
  assert.equal(new Set(CLIENT_ARCHITECTURES.map(({ name }) => name)).size, CLIENT_ARCHITECTURES.length);
});

const SIGNED = ['shimx64.efi', 'grubx64.efi', 'grub'];
const ARM = ['shimaa64.efi', 'grubaa64.efi'];
for (const [title, files, answered] of [
  ['nothing', [], {}],
  [
    'iPXE alone, as on a head node',
    ['undionly.kpxe', 'snponly.efi'],
    { 0: 'undionly.kpxe', 7: 'snponly.efi', 9: 'snponly.efi', 16: 'snponly.efi' },
  ],
  ['the signed pair beside iPXE', ['snponly.efi', ...SIGNED], { 7: 'shimx64.efi', 9: 'shimx64.efi', 16: 'shimx64.efi' }],
  ['the signed pair without an iPXE for where Secure Boot is off', SIGNED, {}],
  ['shim without its GRUB', ['snponly.efi', 'shimx64.efi', 'grub'], { 7: 'snponly.efi', 9: 'snponly.efi', 16: 'snponly.efi' }],
  [
    'the pair without the first configuration of GRUB',
    ['snponly.efi', 'shimx64.efi', 'grubx64.efi'],
    { 7: 'snponly.efi', 9: 'snponly.efi', 16: 'snponly.efi' },
  ],
  ['the pair for ARM, which needs no iPXE', [...ARM, 'grub'], { 11: 'shimaa64.efi', 19: 'shimaa64.efi' }],
  ['iPXE for ARM', ['ipxe-arm64.efi'], { 11: 'ipxe-arm64.efi', 19: 'ipxe-arm64.efi' }],
] as const) {
  test(`the firmware that can be started with ${title}`, () => {
    const found = loadedArchitectures(files).map(({ option93, loader }) => [option93, loader]);
    assert.deepEqual(Object.fromEntries(found), answered);
  });
}

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

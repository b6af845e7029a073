import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peSignatures } from '../../../src/builder/verify/pe-signatures.ts';
import { efiPartitionFaults, signatureFaults } from '../../../src/builder/verify/signature-rules.ts';
import { signedProgram } from './signed-program.ts';

const SHIM = ['Old CA', 'New CA'];
const program = signedProgram(SHIM);

test('who signed a program: every signature, and whether they are of these bytes', () => {
  assert.deepEqual(peSignatures(program), { issuers: SHIM, isOfTheseBytes: true });
  assert.deepEqual(peSignatures(signedProgram([])), { issuers: [], isOfTheseBytes: false });
});

for (const [title, content, faults] of [
  ['a program with both signatures', program, []],
  ['one that is missing', undefined, ['bootx64.efi is missing']],
  ['one without a signature', signedProgram([]), ['bootx64.efi is not signed: Secure Boot refuses it']],
  ['one that is no program', Buffer.from('#!ipxe\n'), ['bootx64.efi is not signed: Secure Boot refuses it']],
  ['one that is cut', program.subarray(0, 300), ['bootx64.efi is not signed: Secure Boot refuses it']],
  ['one with the old signature only', signedProgram(['Old CA']), ['bootx64.efi is not signed by New CA (only by Old CA)']],
  ['one that was changed afterwards', changed(program), ['bootx64.efi was changed after it was signed']],
] as const)
  test(`signatures: ${title}`, () => assert.deepEqual(signatureFaults([{ what: 'bootx64.efi', content, signers: SHIM }]), faults));

test('damaged certificate tables are read to their end, and never further', () => {
  for (let at = program.length - 400; at < program.length; at++) {
    const bytes = Buffer.from(program);
    bytes[at] = 0xff;
    assert.ok(peSignatures(bytes).issuers.length <= 2);
    peSignatures(program.subarray(0, at));
  }
});

const LEADS = 'if search --file --set=root /boot/0x1; then\n configfile ($root)/boot/grub/grub.cfg\nfi\n';
test('the EFI partition: no program that makes boot entries, and a configuration that leads to the menu', () => {
  const names = ['EFI/BOOT/bootx64.efi', 'EFI/BOOT/grubx64.efi'];
  assert.deepEqual(efiPartitionFaults(names, LEADS, 'boot/grub/grub.cfg'), []);
  assert.match(efiPartitionFaults([...names, 'EFI/BOOT/FBX64.EFI'], LEADS, 'boot/grub/grub.cfg').join(), /FBX64.EFI, which writes boot/);
  assert.equal(efiPartitionFaults(names, LEADS, 'boot/grub2/grub.cfg').length, 1);
  assert.equal(efiPartitionFaults(names, '', 'boot/grub/grub.cfg').length, 1);
});

function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[0x200] = (copy[0x200] ?? 0) ^ 1;
  return copy;
}

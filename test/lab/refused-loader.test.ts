import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerToChangedLoader } from '../../src/lab/refused-loader.ts';

const FIRMWARE = 'BdsDxe: starting Boot0001 "UEFI QEMU QEMU USB HARDDRIVE RSTICK" from PciRoot(0x0)/Pci(0x2,0x0)/USB(0x0,0x0)\r\n';
const REFUSED = 'BdsDxe: failed to load Boot0001 "UEFI QEMU QEMU USB HARDDRIVE RSTICK": Access Denied\r\n';
/** As shim draws it, the middle lost on the way: the button is the last thing said, and no line ends behind it. */
const BOX =
  '\u001b[0m\u001b[37m\u001b[44m\u001b[02;01H\ufffd        ERROR        \u001b[M\ufffd\u001b[25;39H\ufffd OK \ufffd\u001b[26;39H\ufffd';

test('a changed loader: the line of the firmware, or the box of shim, says that it was refused', () => {
  assert.equal(answerToChangedLoader(`${FIRMWARE}${REFUSED}`), 'refused');
  assert.equal(answerToChangedLoader(`${FIRMWARE}${BOX}`), 'refused');
  assert.equal(answerToChangedLoader(`${FIRMWARE}Verification failed: (0x1A) Security Violation`), 'refused');
});

test('a changed loader: nothing said is no answer, and one that starts is never taken for refused', () => {
  assert.equal(answerToChangedLoader(FIRMWARE), undefined);
  assert.equal(answerToChangedLoader(`${FIRMWARE}GNU GRUB  version 2.12`), 'started');
  assert.equal(answerToChangedLoader(`${FIRMWARE}${BOX}Linux version 6.12`), 'started');
});

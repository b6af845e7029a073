import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeHardware } from '../../../src/lab/plan/describe-hardware.ts';
import { LAB_PLAN } from '../../../src/lab/plan/lab-plan.ts';

for (const [machine, expected] of [
  [LAB_PLAN.master, 'BIOS, 2048 MiB in 2 DIMMs, disks 1 virtio + 1 ahci + 1 nvme, cards 2 virtio-net-pci, no BMC, no TPM'],
  [
    LAB_PLAN.peers[1],
    'UEFI with Secure Boot over HTTP, 1536 MiB in 3 DIMMs (1 slot empty), disks 1 nvme + 5 ahci + 2 megasas, cards 1 virtio-net-pci, no BMC, no TPM',
  ],
  [
    LAB_PLAN.peers[2],
    'UEFI with Secure Boot, 1536 MiB in 2 DIMMs (1 slot empty), disks 6 ahci + 1 nvme + 1 virtio, cards 1 virtio-net-pci, BMC 2.43, TPM 2.0 (crb)',
  ],
] as const) {
  test(`the hardware of ${machine.name} in one line`, () => {
    assert.equal(describeHardware(machine), expected);
  });
}

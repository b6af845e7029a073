import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hardwareFiles } from '../../../src/lab/hardware/hardware-files.ts';
import { boardOf } from '../../../src/lab/machine/boards.ts';
import { type BootSource, qemuArguments } from '../../../src/lab/machine/qemu-arguments.ts';
import { ARM_PLAN, LAB_PLAN, type LabMachine } from '../../../src/lab/plan/lab-plan.ts';

test('a machine is run by the QEMU of its processor', () => {
  assert.equal(boardOf(LAB_PLAN.master).program, 'qemu-system-x86_64');
  assert.equal(boardOf(ARM_PLAN.master).program, 'qemu-system-aarch64');
});

for (const [machine, boot] of [
  [ARM_PLAN.master, { kind: 'stick', path: '/lab/stick.img' }],
  [ARM_PLAN.peer, { kind: 'network' }],
] as const) {
  test(`${machine.name}: what QEMU is told`, () => {
    const golden = readFileSync(new URL(`golden/qemu-${machine.name}.txt`, import.meta.url), 'utf8');
    assert.equal(argumentsOf(machine, boot), golden);
  });
}

test('nothing that only a PC has is on the board of arm64', () => {
  for (const machine of Object.values(ARM_PLAN)) assert.doesNotMatch(argumentsOf(machine, { kind: 'network' }), /ide-hd|isa-|q35|smm|tpm/);
});

function argumentsOf(machine: LabMachine, boot: BootSource): string {
  const args = qemuArguments(machine, boot, {
    accelerator: 'tcg',
    qmpPath: '/sockets/m.qmp',
    serialLogPath: '/lab/m.console',
    diskPath: (disk) => `/lab/disks/${disk.id}.img`,
    hardware: hardwareFiles(machine, '/lab/hardware'),
    uefi: { codePath: '/fw/code.fd', variablesPath: '/lab/vars.fd' },
  });
  return `${args.join('\n')}\n`;
}

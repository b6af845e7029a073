import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hardwareFiles } from '../../../src/lab/hardware/hardware-files.ts';
import { type BootSource, qemuArguments } from '../../../src/lab/machine/qemu-arguments.ts';
import { LAB_PLAN, type LabMachine } from '../../../src/lab/plan/lab-plan.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');

function argumentsOf(machine: LabMachine, boot: BootSource, accelerator: 'kvm' | 'tcg' = 'tcg', isHeadless = false): string {
  const args = qemuArguments(machine, boot, {
    ...{ accelerator, isHeadless },
    qmpPath: '/sockets/m.qmp',
    serialLogPath: '/lab/m.console',
    diskPath: (disk) => `/lab/disks/${disk.id}.img`,
    hardware: hardwareFiles(machine, '/lab/hardware'),
    ...(machine.tpm === undefined ? {} : { tpmSocketPath: '/sockets/m.tpm' }),
    ...(machine.firmware === 'uefi'
      ? { uefi: { codePath: '/fw/code.fd', variablesPath: '/lab/vars.fd', isSecure: machine.secureBoot === true } }
      : {}),
  });
  return `${args.join('\n')}\n`;
}

test('the master boots from a USB stick and has a card on both segments', () => {
  assert.equal(argumentsOf(LAB_PLAN.master, { kind: 'stick', path: '/lab/stick.img' }), golden('qemu-master.txt'));
});

test('a BIOS peer boots from its network card', () => {
  assert.equal(argumentsOf(LAB_PLAN.peers[0], { kind: 'network' }, 'kvm'), golden('qemu-peer-bios.txt'));
});

test('a peer with a RAID controller has its drives behind it, with serials and WWNs', () => {
  assert.equal(argumentsOf(LAB_PLAN.peers[1], { kind: 'network' }), golden('qemu-peer-no-bmc.txt'));
});

test('a UEFI peer has its own variables and no boot ROM of QEMU', () => {
  assert.equal(argumentsOf(LAB_PLAN.peers[2], { kind: 'network' }), golden('qemu-peer-uefi.txt'));
});

test('a comma in a path does not become an option', () => {
  const text = argumentsOf(LAB_PLAN.master, { kind: 'stick', path: '/lab/a,readonly=on.img' });
  assert.match(text, /file=\/lab\/a,,readonly=on\.img/);
});

test('a machine without a BMC and without a TPM has no device for them', () => {
  assert.doesNotMatch(argumentsOf(LAB_PLAN.peers[1], { kind: 'network' }), /ipmi|tpm/);
});

test('a kernel that QEMU loads does not judge a timer that the emulation serves late; under KVM nothing is said', () => {
  const kernel: BootSource = { kind: 'kernel', kernelPath: '/image/kernel', initrdPath: '/image/initrd', commandLine: 'quiet rd.live' };
  assert.match(argumentsOf(LAB_PLAN.master, kernel), /^-append\nquiet rd\.live no_timer_check norandmaps$/m);
  assert.match(argumentsOf(LAB_PLAN.master, kernel, 'kvm'), /^-append\nquiet rd\.live$/m);
});

test('a machine without a screen lets firmware and loader speak on the serial port', () => {
  const text = argumentsOf(LAB_PLAN.peers[0], { kind: 'network' }, 'tcg', true);
  assert.match(text, /^-vga\nnone$/m);
  assert.match(text, /^-machine\nq35,graphics=off$/m);
});

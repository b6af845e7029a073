import { join } from 'node:path';
import { copySparse, createSparseFile, writeAt } from '../../platform/machine/disk-image-file.ts';
import { run } from '../../platform/process/command.ts';
import { acceleratorArguments, type VmAccelerator } from './accelerator.ts';
import type { OvmfFiles } from './check-host.ts';
import { startVirtualMachine } from './virtual-machine.ts';

/**
 * KVM when it can really run a machine here, QEMU's own emulation otherwise. `/dev/kvm` may exist and be of no use, above all
 * inside another virtual machine; so both firmwares are started: a boot sector under BIOS, and UEFI up to its first words.
 */
export async function chooseAccelerator(workDir: string, socketDir: string, ovmf: OvmfFiles): Promise<VmAccelerator> {
  return (await runsBootSector(workDir)) && (await runsUefi(workDir, socketDir, ovmf)) ? 'kvm' : 'tcg';
}

const TIMEOUT_MS = 20_000;
const EXIT_VALUE = 0x2a;
/** isa-debug-exit ends QEMU with (value << 1) | 1 */
const EXIT_STATUS = (EXIT_VALUE << 1) | 1;
const PLAIN = ['-nodefaults', '-no-user-config', '-display', 'none', ...acceleratorArguments('kvm')] as const;

/** 16-bit code: `mov al, 0x2a; out 0xf4, al; hlt`, and the signature that makes it a boot sector. */
function bootSector(): Uint8Array {
  const sector = new Uint8Array(512);
  sector.set([0xb0, EXIT_VALUE, 0xe6, 0xf4, 0xf4]);
  sector.set([0x55, 0xaa], 510);
  return sector;
}

async function runsBootSector(workDir: string): Promise<boolean> {
  const path = join(workDir, 'boot-sector.img');
  await createSparseFile(path, 1024 * 1024);
  await writeAt(path, 0, bootSector());
  const disk = ['-drive', `format=raw,snapshot=on,file=${path.replaceAll(',', ',,')}`];
  const exit = ['-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'];
  const result = await run(['qemu-system-x86_64', ...PLAIN, '-m', '64', ...disk, ...exit], { timeoutMs: TIMEOUT_MS });
  return result.exitCode === EXIT_STATUS;
}

/** What OVMF says on the serial port when it has found nothing to boot. */
const UEFI_SPEAKS = /BdsDxe|UEFI|Shell/;

async function runsUefi(workDir: string, socketDir: string, ovmf: OvmfFiles): Promise<boolean> {
  const variablesPath = join(workDir, 'probe.vars.fd');
  const qmpPath = join(socketDir, 'probe.qmp');
  await copySparse(ovmf.variablesPath, variablesPath);
  const flash = [ovmf.codePath, variablesPath].map((path) => path.replaceAll(',', ',,'));
  const args = [
    ...[...PLAIN, '-machine', 'q35', '-m', '256', '-serial', 'stdio', '-qmp', `unix:${qmpPath},server=on,wait=off`],
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${flash[0]}`, '-drive', `if=pflash,format=raw,unit=1,file=${flash[1]}`],
  ];
  try {
    await using vm = await startVirtualMachine('probe', ['qemu-system-x86_64', ...args], qmpPath);
    await vm.waitForLine(UEFI_SPEAKS, TIMEOUT_MS);
    return true;
  } catch {
    // whatever went wrong: without KVM it works everywhere, only slower
    return false;
  }
}

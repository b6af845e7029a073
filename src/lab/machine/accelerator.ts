import type { Architecture } from '../../domain/values/architecture.ts';
import { boardOf } from './boards.ts';

/** What runs a guest's instructions: the host's own processor, or QEMU's emulation of one. */
export type VmAccelerator = 'kvm' | 'tcg';

/**
 * An emulated machine gets what makes emulation cheap, which halves its way to the live system: a CPU that asks for little, and programs at the
 * same addresses in each process, by a word to the guest's systemd (systemd.system-credentials(7), `sysctl.extra`). QEMU 7.2 keeps what it has
 * translated by virtual address: each process of a shell script is translated anew, and to throw the hundreds of copies of a page away takes the
 * square of their number; the guest's kernel has called that a soft lockup.
 */
export function acceleratorArguments(accelerator: VmAccelerator, machine: { architecture?: Architecture } = {}): string[] {
  const cpu = ['-cpu', boardOf(machine).cpus[accelerator]];
  if (accelerator === 'kvm') return ['-accel', 'kvm', ...cpu];
  const sameAddresses = ['-smbios', 'type=11,value=io.systemd.credential:sysctl.extra=kernel.randomize_va_space=0'];
  return ['-accel', 'tcg,thread=single', ...cpu, ...sameAddresses];
}

/**
 * What QEMU passes to a kernel that it loads itself. On a busy host an emulated timer is so late that the kernel takes its interrupt for broken and
 * panics ("IO-APIC + timer doesn't work"); under KVM it leaves that check out by itself (Linux, admin-guide/kernel-parameters, no_timer_check).
 * `norandmaps` does for any guest what {@link acceleratorArguments} asks systemd for.
 */
export function appendArguments(commandLine: string, accelerator: VmAccelerator): string[] {
  return ['-append', accelerator === 'kvm' ? commandLine : `${commandLine} no_timer_check norandmaps`];
}

/** What runs a guest's instructions: the host's own processor, or QEMU's emulation of one. */
export type VmAccelerator = 'kvm' | 'tcg';

/** KVM gets the plainest CPU: hosts that are virtual machines themselves often refuse to pass theirs through. */
export function acceleratorArguments(accelerator: VmAccelerator): string[] {
  return accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'qemu64'] : ['-accel', 'tcg,thread=single', '-cpu', 'Nehalem'];
}

/**
 * What QEMU passes to a kernel that it loads itself. On a busy host an emulated timer is so late that the kernel takes its interrupt for broken and
 * panics ("IO-APIC + timer doesn't work"); under KVM it leaves that check out by itself (Linux, admin-guide/kernel-parameters, no_timer_check).
 */
export function appendArguments(commandLine: string, accelerator: VmAccelerator): string[] {
  return ['-append', accelerator === 'kvm' ? commandLine : `${commandLine} no_timer_check`];
}

/** What runs a guest's instructions: the host's own processor, or QEMU's emulation of one. */
export type VmAccelerator = 'kvm' | 'tcg';

/** KVM gets the plainest CPU: hosts that are virtual machines themselves often refuse to pass theirs through. */
export function acceleratorArguments(accelerator: VmAccelerator): string[] {
  return accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'qemu64'] : ['-accel', 'tcg,thread=single', '-cpu', 'Nehalem'];
}

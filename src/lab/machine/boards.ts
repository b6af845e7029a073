import { type Architecture, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';

/** The board of a machine of the plan, or of an architecture. */
export function boardOf({ architecture = USUAL_ARCHITECTURE }: { architecture?: Architecture }): Board {
  return BOARDS[architecture];
}

/** What QEMU is told of a machine before anything that the plan says. */
interface Board {
  program: string;
  /** Debian's package of it */
  debianPackage: string;
  machine: string;
  cpus: Readonly<Record<'kvm' | 'tcg', string>>;
  /** of a machine with a screen; an arm64 server has its serial port */
  screen: string;
}

/**
 * By the processor of the image. KVM of x86_64 gets the plainest CPU: hosts that are virtual machines themselves often refuse to pass theirs through.
 * Emulated it is one of AMD's: for one of Intel's, Linux changes the page tables at each system call (admin-guide/hw-vuln, PTI), and the emulator
 * then forgets all that it knew of addresses. The CPU of arm64 is one without pointer authentication, which emulated costs a multiple of all else.
 */
const BOARDS: Readonly<Record<Architecture, Board>> = {
  x86_64: {
    program: 'qemu-system-x86_64',
    debianPackage: 'qemu-system-x86',
    machine: 'q35',
    cpus: { kvm: 'qemu64', tcg: 'Nehalem,vendor=AuthenticAMD' },
    screen: 'std',
  },
  arm64: {
    program: 'qemu-system-aarch64',
    debianPackage: 'qemu-system-arm',
    machine: 'virt',
    cpus: { kvm: 'host', tcg: 'cortex-a72' },
    screen: 'none',
  },
};

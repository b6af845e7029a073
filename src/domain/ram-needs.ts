const KIB = 1024;
const MIB = 1024 * KIB;

/** Sizes of what a peer loads, in bytes. */
export interface BootFiles {
  kernelBytes: number;
  initrdBytes: number;
  rootImageBytes: number;
}

/**
 * RAM of the live system with its inventory, beside the root image, by MemAvailable before the download. Measured with the image of Debian 13 in
 * QEMU: with 96 MiB a record comes, in which 14 of 37 commands ran into their time limits, because programs are read and unpacked from the
 * image again and again; with 128 MiB it is whole.
 */
const LIVE_SYSTEM_BYTES = 128 * MIB;
/** Measured: 50 MiB of packed initrd are 112 MiB when they are unpacked. */
const UNPACKED_PER_INITRD_BYTE = 2.25;
/** The running kernel with its tables, its unpacked image and the first processes. */
const KERNEL_BYTES = 96 * MIB;

/**
 * What must be available (MemAvailable of /proc/meminfo) in the initrd before the root image is fetched, in KiB: the image, which stays in
 * RAM, and the live system with its inventory.
 */
export function availableRamKib(rootImageBytes: number): number {
  return Math.ceil((rootImageBytes + LIVE_SYSTEM_BYTES) / KIB);
}

/** The least memory with which kernel and initrd start at all, in bytes: the packed initrd and its content are there at the same time. */
export function startMemoryBytes({ kernelBytes, initrdBytes }: Pick<BootFiles, 'kernelBytes' | 'initrdBytes'>): number {
  return Math.ceil(KERNEL_BYTES + kernelBytes + initrdBytes * (1 + UNPACKED_PER_INITRD_BYTE));
}

/** Memory for the whole way up to the record, in bytes. */
export function liveMemoryBytes({ initrdBytes, rootImageBytes }: BootFiles): number {
  return Math.ceil(KERNEL_BYTES + initrdBytes * UNPACKED_PER_INITRD_BYTE + rootImageBytes + LIVE_SYSTEM_BYTES);
}

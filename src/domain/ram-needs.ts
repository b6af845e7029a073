const KIB = 1024;
const MIB = 1024 * KIB;

/** Sizes of what a peer loads, in bytes. */
export interface BootFiles {
  kernelBytes: number;
  initrdBytes: number;
  rootImageBytes: number;
}

/** TO BE MEASURED */
const LIVE_SYSTEM_BYTES = 320 * MIB;
const UNPACKED_PER_INITRD_BYTE = 3;
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
  return KERNEL_BYTES + kernelBytes + initrdBytes * (1 + UNPACKED_PER_INITRD_BYTE);
}

/** Memory for the whole way up to the record, in bytes. */
export function liveMemoryBytes({ initrdBytes, rootImageBytes }: BootFiles): number {
  return KERNEL_BYTES + initrdBytes * UNPACKED_PER_INITRD_BYTE + rootImageBytes + LIVE_SYSTEM_BYTES;
}

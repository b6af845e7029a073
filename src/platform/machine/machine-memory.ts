import { totalmem } from 'node:os';

/** The machine's memory, in bytes; `availableBytes` is what programs could still be given (MemAvailable, or what the unit's limit leaves). */
export interface MachineMemory {
  totalBytes: number;
  availableBytes: number;
}

/** Of this machine now, or of the unit where it has a limit. */
export function machineMemory(): MachineMemory {
  const limitBytes = process.constrainedMemory();
  return { totalBytes: limitBytes > 0 ? Math.min(limitBytes, totalmem()) : totalmem(), availableBytes: process.availableMemory() };
}

import { type CopiedFiles, copiedValue } from '../values/copied-files.ts';

/** A file of the kernel's own copy of the SMBIOS strings, for machines without dmidecode. */
export function dmiId(files: Pick<CopiedFiles, 'file'>, name: string): string | undefined {
  return copiedValue(files, `sys/class/dmi/id/${name}`);
}

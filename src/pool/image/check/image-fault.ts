/** What can be wrong with an image; a recipe can allow what it means (`allow:`). */
export const IMAGE_FAULT_CODES = [
  'file-damaged',
  'kernel-release',
  'kernel-packed',
  'kernel-architecture',
  'modules-missing',
  'modules-variant',
  'modules-unlisted',
  'vermagic',
  'no-network-driver',
  'init',
  'setuid',
  'secret',
  'ssh-host-key',
  'machine-id',
  'resolver',
  'package-lists',
  'root-password',
  'no-root-password',
  'fstab',
  'memory',
] as const;
export type ImageFaultCode = (typeof IMAGE_FAULT_CODES)[number];

/** Something that is wrong with an image, for people. */
export interface ImageFault {
  code: ImageFaultCode;
  /** a sentence: what is wrong, and where */
  message: string;
  /** what to try */
  hint: string;
}

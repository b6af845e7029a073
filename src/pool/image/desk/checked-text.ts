import { poolImageText } from '../../../domain/pool/image-manifest.ts';
import { counted } from '../../../domain/values/counted.ts';
import type { ImageFault } from '../check/image-fault.ts';

/** What `recon image check` says. */
export function checkedText(image: { name: string; version: number }, faults: readonly ImageFault[]): string {
  if (faults.length === 0) return `${poolImageText(image)}: nothing is wrong\n`;
  return `${poolImageText(image)}: ${counted(faults.length, 'fault')}\n${faultLines(faults)}`;
}

/** Each fault with what to try. */
export function faultLines(faults: readonly ImageFault[]): string {
  return faults.map(({ code, message, hint }) => `  ${message}   [${code}]\n    try: ${hint}\n`).join('');
}

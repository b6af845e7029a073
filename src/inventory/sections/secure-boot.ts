import type { CopiedFiles } from '../values/copied-files.ts';
import { efiVariable } from './efi-boot-order.ts';

/** `secure_boot` in the kernel's boot parameters (Documentation/arch/x86/zero-page.rst); the EFI stub sets it. */
const OFFSET = 0x1ec;
const DISABLED = 2;
const ENABLED = 3;

/** Whether the firmware enforced signatures at this boot: from its variable, else from what the kernel was told when it was started. */
export function secureBootOf(files: CopiedFiles): boolean | undefined {
  const flag = efiFlag(files, 'SecureBoot');
  if (flag !== undefined) return flag;
  const told = files.file('sys/kernel/boot_params/data')?.[OFFSET];
  return told === ENABLED ? true : told === DISABLED ? false : undefined;
}

/** Whether the firmware is in setup mode (UEFI 2.10, 32.3): without a platform key. */
export function setupModeOf(files: CopiedFiles): boolean | undefined {
  return efiFlag(files, 'SetupMode');
}

function efiFlag(files: CopiedFiles, name: string): boolean | undefined {
  const value = efiVariable(files, name);
  return value?.length === 1 && (value[0] ?? 2) <= 1 ? value[0] === 1 : undefined;
}

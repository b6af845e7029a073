import type { KernelSection } from '../../domain/record/kernel.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type CopiedFiles, copiedText, copiedValue } from '../values/copied-files.ts';
import { ok, type SectionResult } from '../values/section.ts';

/** The kernel that took the inventory, from /proc, and from securityfs what it keeps from root. */
export function normaliseKernel(files: CopiedFiles): SectionResult<KernelSection> {
  const data = definedOnly<KernelSection>({
    release: /^Linux version (\S+)/.exec(copiedText(files, 'proc/version'))?.[1],
    lockdown: /\[(none|integrity|confidentiality)\]/.exec(
      copiedText(files, 'sys/kernel/security/lockdown'),
    )?.[1] as KernelSection['lockdown'],
    commandLine: copiedValue(files, 'proc/cmdline'),
  });
  return Object.keys(data).length > 0 ? ok(data) : { status: 'absent', reason: '/proc was not copied' };
}

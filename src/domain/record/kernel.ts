import { z } from 'zod';
import { about, optional } from './section.ts';

/** The kernel that took the inventory. */
export const KernelSection = z.looseObject({
  release: optional.text.meta(about('release of the kernel that took the inventory', '/proc/version')),
  lockdown: z
    .enum(['none', 'integrity', 'confidentiality'])
    .exactOptional()
    .meta(
      about(
        'what the kernel keeps even from root; integrity, as under Secure Boot: no raw memory and ports, no MSR, no unsigned module, so that a tool that needs one of them finds nothing',
        '/sys/kernel/security/lockdown',
      ),
    ),
  commandLine: optional.text.meta(about('its arguments', '/proc/cmdline')),
});
export type KernelSection = z.infer<typeof KernelSection>;

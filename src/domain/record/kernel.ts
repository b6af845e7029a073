import { z } from 'zod';
import { about, optional } from './section.ts';

/** The kernel that took the inventory. */
export const KernelSection = z.looseObject({
  release: optional.text.meta(about('release of the kernel that took the inventory', '/proc/version')),
  commandLine: optional.text.meta(about('its arguments', '/proc/cmdline')),
});
export type KernelSection = z.infer<typeof KernelSection>;

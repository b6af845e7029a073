import type { Capture } from '../domain/capture.ts';
import type { KernelSection } from '../domain/record/kernel.ts';
import { ok, present, type SectionResult } from './section.ts';
import { cleanValue, decodeText } from './text.ts';

/** The kernel that took the inventory, from /proc/version and /proc/cmdline. */
export function normaliseKernel(capture: Capture): SectionResult<KernelSection> {
  const data = present<KernelSection>({
    release: /^Linux version (\S+)/.exec(decodeText(capture.file('proc/version')))?.[1],
    commandLine: cleanValue(decodeText(capture.file('proc/cmdline'))),
  });
  return Object.keys(data).length > 0 ? ok(data) : { status: 'absent', reason: '/proc was not copied' };
}

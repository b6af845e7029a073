import type { Watchdog } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type CopiedFiles, copiedValue } from '../values/copied-files.ts';
import { ok, type SectionResult } from '../values/section.ts';

/** Watchdogs from /sys. Their device is never opened: that would start the clock. */
export function normaliseWatchdogs(files: CopiedFiles): SectionResult<Watchdog[]> {
  const names = files.list('sys/class/watchdog');
  if (names.length === 0) return { status: 'absent', reason: 'Linux has no driver for a watchdog here' };
  return ok(
    names.map((name) => {
      const text = (file: string): string | undefined => copiedValue(files, `sys/class/watchdog/${name}/${file}`);
      return definedOnly<Watchdog>({ name, identity: text('identity'), state: text('state') });
    }),
  );
}

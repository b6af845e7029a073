import type { Capture } from '../../domain/capture.ts';
import type { Watchdog } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { copiedValue } from '../values/copied-files.ts';
import { ok, type SectionResult } from '../values/section.ts';

/** Watchdogs from /sys. Their device is never opened: that would start the clock. */
export function normaliseWatchdogs(capture: Capture): SectionResult<Watchdog[]> {
  const names = capture.list('sys/class/watchdog');
  if (names.length === 0) return { status: 'absent', reason: 'Linux has no driver for a watchdog here' };
  return ok(
    names.map((name) => {
      const text = (file: string): string | undefined => copiedValue(capture, `sys/class/watchdog/${name}/${file}`);
      return definedOnly<Watchdog>({ name, identity: text('identity'), state: text('state') });
    }),
  );
}

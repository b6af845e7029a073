import type { CapturePart, PlannedCommand } from './commands/plan.ts';
import type { CopyList } from './copier.ts';
import { CAPTURE_LINKS, CAPTURE_PATHS } from './paths.ts';

/** All of it, for a program that may ask everything itself. */
export const EVERY_PART: readonly CapturePart[] = ['hardware', 'brought', 'links'];

/** The commands of these parts, in their order. */
export function commandsOf(parts: readonly CapturePart[], planned: readonly PlannedCommand[]): PlannedCommand[] {
  return planned.filter(({ part = 'hardware' }) => parts.includes(part));
}

/** The files and links of these parts: a network namespace without the ports shows nothing below this directory. */
export function copyListOf(parts: readonly CapturePart[]): CopyList {
  const isOurs = (pattern: string): boolean => parts.includes(pattern.startsWith('sys/class/net/') ? 'links' : 'hardware');
  return { paths: CAPTURE_PATHS.filter(isOurs), links: CAPTURE_LINKS.filter(isOurs) };
}

import type { LeaveOut } from '../../format.ts';
import { oneLine } from '../../safe-text.ts';

/** A number of a maker or an owner as NetBox takes it. It has 50 characters for one; the first 50 of a longer one would be another machine's. */
export function fittingNumber(text: string | undefined, what: string, leaveOut: LeaveOut): string {
  const line = oneLine(text ?? '');
  if ([...line].length <= 50) return line;
  leaveOut(`a ${what} of more than 50 characters (its row is there, without it)`);
  return '';
}

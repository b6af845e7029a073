import type { ProfileKind } from '../../domain/pool/profile.ts';

/** What was seen of one machine that matters for its next boot. Times count from anywhere, by a clock that is never set back. */
export interface BootHistory {
  /** scripts that it was given since it was last up, or since what it boots was last changed; oldest first */
  scripts: readonly { atMs: number; kind: ProfileKind }[];
  /** of the one-shot that is armed now: how many scripts carried it without success */
  onceClaims: number;
  /** the one-shot that is armed now is over: spent, or dropped. Until the pool says so too it must not boot again, a second installation would follow */
  isOnceOver?: true;
}

export const NO_HISTORY: BootHistory = { scripts: [], onceClaims: 0 };

/** So many boots carry a one-shot; when none of them succeeds it is dropped. */
export const MOST_ONCE_CLAIMS = 3;

export type BootEvent =
  /** a script went out; `isOnce`: by the one-shot */
  | { event: 'script'; atMs: number; kind: ProfileKind; isOnce: boolean }
  /** the system that was booted says that it is up */
  | { event: 'up' }
  /** the last file of what cannot report was delivered */
  | { event: 'delivered' }
  /** a person changed what it boots, armed or cleared a one-shot, or let it go on after it was held */
  | { event: 'changed' };

/** Longer than the loop guard looks back. */
const KEPT_SCRIPTS = 50;

/** The history after an event. Pure. */
export function afterEvent(history: BootHistory, event: BootEvent): BootHistory {
  if (event.event === 'changed') return NO_HISTORY;
  const isOver = history.isOnceOver === true || isOnceSpent(history, event);
  const once = isOver ? { isOnceOver: true as const } : {};
  if (event.event !== 'script') return { ...NO_HISTORY, ...once };
  const { atMs, kind, isOnce } = event;
  // who is held asks each minute, and would push out why it is
  if (kind === 'hold') return history;
  return {
    scripts: [...history.scripts, { atMs, kind }].slice(-KEPT_SCRIPTS),
    onceClaims: history.onceClaims + (isOnce ? 1 : 0),
    ...once,
  };
}

/** A one-shot is spent when the boot that carried it succeeds: never when a menu is drawn, and never when a download failed. */
export function isOnceSpent(history: BootHistory, event: BootEvent): boolean {
  return history.onceClaims > 0 && (event.event === 'up' || event.event === 'delivered');
}

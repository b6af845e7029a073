import type { ProfileKind } from '../../domain/pool/profile.ts';

/** What was seen of one machine that matters for its next boot. Times count from anywhere, by a clock that is never set back. */
export interface BootHistory {
  /** scripts that it was given since it was last up, or since what it boots was last changed; oldest first */
  scripts: readonly { atMs: number; kind: ProfileKind }[];
  /** of the one-shot that is armed now: how many scripts carried it without success */
  onceClaims: number;
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

/** The history after an event. Whether that success spent the one-shot is for {@link isOnceSpent} to say. */
export function afterEvent(history: BootHistory, event: BootEvent): BootHistory {
  if (event.event !== 'script') return NO_HISTORY;
  const { atMs, kind, isOnce } = event;
  return {
    scripts: [...history.scripts, { atMs, kind }].slice(-KEPT_SCRIPTS),
    onceClaims: history.onceClaims + (isOnce ? 1 : 0),
  };
}

/** A one-shot is spent when the boot that carried it succeeds: never when a menu is drawn, and never when a download failed. */
export function isOnceSpent(history: BootHistory, event: BootEvent): boolean {
  return history.onceClaims > 0 && (event.event === 'up' || event.event === 'delivered');
}

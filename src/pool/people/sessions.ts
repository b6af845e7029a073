import { createHash, randomBytes } from 'node:crypto';

export const SESSION_HOURS = 8;
const MOST_SESSIONS = 1000;
/** However busy somebody is, once a week the password is asked for. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/** Who is signed in by a page; gone with a restart of the head. */
export interface Sessions {
  /** gives the secret of the cookie */
  begin(user: string, entry: string): string;
  /** the user, while the session was used within 8 hours and `entry` is as it was when it began */
  userOf(secret: string, entryOf: (user: string) => string | undefined): string | undefined;
  end(secret: string): void;
}

/** @param nowMs a clock that never goes back */
export function newSessions(nowMs: () => number): Sessions {
  const sessions = new Map<string, { user: string; entry: string; beganMs: number; lastMs: number }>();
  return {
    begin: (user, entry) => {
      const secret = randomBytes(32).toString('base64url');
      const [oldest] = sessions.size >= MOST_SESSIONS ? sessions.keys() : [];
      if (oldest !== undefined) sessions.delete(oldest);
      sessions.set(keyOf(secret), { user, entry, beganMs: nowMs(), lastMs: nowMs() });
      return secret;
    },
    userOf: (secret, entryOf) => {
      const key = keyOf(secret);
      const session = sessions.get(key);
      if (session === undefined) return undefined;
      const now = nowMs();
      const isOver = now - session.lastMs > SESSION_HOURS * 3_600_000 || now - session.beganMs > LONGEST_MS;
      // another password, role or group, or no such user any more: whoever is signed in does it again
      if (isOver || entryOf(session.user) !== session.entry) {
        sessions.delete(key);
        return undefined;
      }
      session.lastMs = now;
      return session.user;
    },
    end: (secret) => void sessions.delete(keyOf(secret)),
  };
}

/** The memory holds no secret, so that no dump of it is one, and looking it up tells nothing by its time. */
function keyOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { MacAddress } from '../../domain/values/mac.ts';
import { equalSecrets } from '../../master/http/equal-secrets.ts';
import { monotonicMs } from '../../platform/machine/steady-clock.ts';
import type { Rows } from '../history/boot-book.ts';

/** So long after its script a machine may fetch its secrets. */
const SECRETS_WITHIN_MS = 10 * 60_000;
const MOST = 20_000;

const BootToken = z.object({
  mac: MacAddress,
  scriptAtMs: z.number(),
  /** sha256 of what was handed out; the token itself is only in memory */
  tokenSha256: z.string().optional(),
  sessionSha256: z.string().optional(),
  isTaken: z.boolean(),
});

type BootToken = z.infer<typeof BootToken>;

/** Tokens of boots: one for each script, for the secrets once; behind it a session key for the signs of life. */
export interface BootTokens {
  /** the machine was given a script: what an earlier boot of it holds is worth nothing from now on, but for signs of life */
  begin(mac: MacAddress): void;
  /** the token of this boot. @throws ReconError `not-found` when the machine has not asked for its script lately */
  hand(mac: MacAddress): string;
  /** whether a machine may say that it runs */
  isKnown(mac: MacAddress, text: string): boolean;
  /** `first`: give the secrets, and call `taken` when they have arrived; `second`: somebody has had them with this very token */
  ask(mac: MacAddress, text: string): 'first' | 'second' | 'late' | 'wrong';
  /** a session key, which takes the token's place once `taken` is called */
  session(mac: MacAddress): string;
  taken(mac: MacAddress): void;
}

/**
 * Whether a token is in time is asked of a clock that nobody sets: that of a head without a battery is set while machines boot. What an earlier process handed
 * out is held against the other one, and is late when it is of a time to come.
 */
export function openBootTokens(rows: Rows, { nowMs = Date.now, steadyMs = monotonicMs } = {}): BootTokens {
  const { begin: beginNow, forget, ageOf } = tokenAges({ nowMs, steadyMs });
  const tokens = new Map<MacAddress, BootToken>();
  for (const [, text] of rows.all()) {
    const parsed = BootToken.safeParse(JSON.parse(text));
    if (parsed.success) tokens.set(parsed.data.mac, parsed.data);
  }
  /** what this process has handed out itself, for a loader that asks twice */
  const inMemory = new Map<MacAddress, string>();
  const keep = (token: BootToken): void => {
    tokens.delete(token.mac);
    tokens.set(token.mac, token);
    rows.put(token.mac, JSON.stringify(token));
    const [oldest] = tokens.size > MOST ? tokens.keys() : [];
    if (oldest === undefined) return;
    tokens.delete(oldest);
    inMemory.delete(oldest);
    forget(oldest);
    rows.remove(oldest);
  };
  return {
    begin: (mac) => {
      inMemory.delete(mac);
      beginNow(mac);
      keep({ mac, scriptAtMs: nowMs(), isTaken: false });
    },
    hand: (mac) => {
      const token = tokens.get(mac);
      if (token === undefined || token.isTaken || ageOf(token) > SECRETS_WITHIN_MS)
        throw new ReconError('not-found', `${mac} has not asked for its boot script in the last ten minutes`);
      const text = inMemory.get(mac) ?? randomBytes(32).toString('hex');
      inMemory.set(mac, text);
      keep({ ...token, tokenSha256: sha256(text) });
      return text;
    },
    isKnown: (mac, text) => {
      const token = tokens.get(mac);
      return token !== undefined && (isSecret(text, token.tokenSha256) || isSecret(text, token.sessionSha256));
    },
    ask: (mac, text) => {
      const token = tokens.get(mac);
      if (token === undefined || !isSecret(text, token.tokenSha256)) return 'wrong';
      if (token.isTaken) return 'second';
      return ageOf(token) > SECRETS_WITHIN_MS ? 'late' : 'first';
    },
    session: (mac) => {
      const text = randomBytes(32).toString('hex');
      const token = tokens.get(mac);
      if (token !== undefined) keep({ ...token, sessionSha256: sha256(text) });
      return text;
    },
    taken: (mac) => {
      const token = tokens.get(mac);
      if (token !== undefined) keep({ ...token, isTaken: true });
      inMemory.delete(mac);
    },
  };
}

function tokenAges({ nowMs, steadyMs }: { nowMs: () => number; steadyMs: () => number }) {
  const begun = new Map<MacAddress, number>();
  return {
    begin: (mac: MacAddress): void => void begun.set(mac, steadyMs()),
    forget: (mac: MacAddress): void => void begun.delete(mac),
    /** ms since its script; of what an earlier process handed out, the clock says it */
    ageOf: ({ mac, scriptAtMs }: BootToken): number => {
      const beganMs = begun.get(mac);
      return beganMs === undefined ? Math.abs(nowMs() - scriptAtMs) : steadyMs() - beganMs;
    },
  };
}

function isSecret(text: string, kept: string | undefined): boolean {
  return kept !== undefined && /^[0-9a-f]{64}$/.test(text) && equalSecrets(sha256(text), kept);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { randomBytes } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { monotonicMs } from '../../platform/machine/steady-clock.ts';
import { equalSecrets } from '../http/equal-secrets.ts';
import { MASTER_LIMITS } from '../http/limits.ts';
import { type MintedToken, openTokenFile, type SpentOn } from './token-file.ts';

/**
 * A token lives this long after it was minted or last used: a machine may need an hour from its boot script to its upload
 * when hundreds load the image at once, and one that waits for room on the stick asks at least every ten minutes.
 */
const IDLE_LIFETIME_MS = 2 * 60 * 60 * 1000;

/** However busy, it ends after this. */
const WHOLE_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** A machine may fetch its script twice; the boot that is running may hold the older of the two. */
const VALID_PER_MACHINE = 2;

/** A machine that got its token this recently may still be booting: it is not forgotten for a new one. */
const BOOTING_MS = 30 * 60 * 1000;

/** The state file is told of a longer life in steps of this, and not with every request. */
const NOTE_STEP_MS = 10 * 60 * 1000;

export interface Tokens {
  /**
   * A new token of 256 bits for one machine at one address; it is in the state file before the promise resolves. `isLeased`: the address
   * is the machine's by more than its own word.
   * @throws ReconError `busy` when too many machines are booting
   */
  mint(mac: MacAddress, address: string, isLeased?: boolean): Promise<string>;
  /** the machine's newest valid token */
  newest(mac: MacAddress): MintedToken | undefined;
  /** the valid token that this is, when it was minted for this machine; its life is longer from then on */
  find(mac: MacAddress, token: string): MintedToken | undefined;
  /** from now on the token repeats this upload and does nothing else */
  spend(token: MintedToken, on: SpentOn): Promise<void>;
}

interface TokensOptions {
  /** in RAM, never on the stick */
  stateFile: string;
  /** a clock that nobody can set, and that goes on over a restart of the service */
  nowMs?: () => number;
  machines?: number;
  /** a machine with a lease takes the place of one without, which anybody can make up */
  isLeased?: (mac: MacAddress) => boolean;
}

/** Opens the tokens with what an earlier run of the service left. */
export async function openTokens(options: TokensOptions): Promise<Tokens> {
  const { stateFile, nowMs = monotonicMs, machines = MASTER_LIMITS.machines, isLeased = () => false } = options;
  const minted = new Map<MacAddress, MintedToken[]>();
  /** machines without a lease, the quietest first */
  const strangers = new Set<MacAddress>();
  const isValid = ({ expiresAtMs }: MintedToken): boolean => expiresAtMs > nowMs();
  const live = (): MintedToken[] => [...minted.values()].flat().filter(isValid);
  const add = (token: MintedToken): void => {
    const others = minted.get(token.mac) ?? [];
    // the machine that was quiet for longest comes first in the map
    minted.delete(token.mac);
    strangers.delete(token.mac);
    if (!isLeased(token.mac)) strangers.add(token.mac);
    minted.set(token.mac, newestOf([...others, token]));
  };
  const file = await openTokenFile(stateFile, { live });
  // one from the future is of another boot of this machine, whose clock began anew
  for (const token of file.found) if (token.mintedAtMs <= nowMs()) add(token);

  const isInUse = (tokens: readonly MintedToken[]): boolean =>
    tokens.some((token) => isValid(token) && (token.isUsed || nowMs() - token.mintedAtMs < BOOTING_MS));
  const makeRoom = (mac: MacAddress): void => {
    if (minted.has(mac) || minted.size < machines) return;
    const stranger = isLeased(mac) ? [...strangers].find((one) => !isLeased(one)) : undefined;
    const [[quietest, tokens = []] = []] = minted;
    const goes = stranger ?? quietest;
    if (goes === undefined || (stranger === undefined && isInUse(tokens))) throw tooMany(machines);
    minted.delete(goes);
    strangers.delete(goes);
  };
  return {
    mint: async (mac, address, holdsLease = false) => {
      makeRoom(mac);
      const token = newToken({ mac, address, isLeased: holdsLease }, nowMs());
      add(token);
      await file.note(token);
      return token.token;
    },
    newest: (mac) => (minted.get(mac) ?? []).filter(isValid).at(-1),
    find: (mac, text) => {
      const [found] = (minted.get(mac) ?? []).filter(isValid).filter(({ token }) => equalSecrets(token, text));
      if (found === undefined) return undefined;
      const expiresAtMs = Math.min(nowMs() + IDLE_LIFETIME_MS, found.mintedAtMs + WHOLE_LIFETIME_MS);
      const isNews = !found.isUsed || expiresAtMs - found.expiresAtMs > NOTE_STEP_MS;
      found.isUsed = true;
      if (isNews) {
        found.expiresAtMs = expiresAtMs;
        void file.note(found);
      }
      return found;
    },
    spend: async (token, on) => {
      token.spentOn = on;
      await file.note(token);
    },
  };
}

/** Those of strangers do not push out the machine's own. */
function newestOf(tokens: readonly MintedToken[]): MintedToken[] {
  const kept = [true, false].flatMap((isLeased) => tokens.filter((one) => one.isLeased === isLeased).slice(-VALID_PER_MACHINE));
  return tokens.filter((one) => kept.includes(one));
}

function tooMany(machines: number): ReconError {
  return new ReconError('busy', `the master knows ${machines} machines that are booting, and takes no more now`, {
    hint: 'The machine asks again by itself.',
  });
}

function newToken(machine: Pick<MintedToken, 'mac' | 'address' | 'isLeased'>, mintedAtMs: number): MintedToken {
  const token = randomBytes(32).toString('hex');
  return { ...machine, mintedAtMs, token, expiresAtMs: mintedAtMs + IDLE_LIFETIME_MS, isUsed: false };
}

import { z } from 'zod';
import type { MacAddress } from '../../domain/values/mac.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Leases } from './leases.ts';

const MINUTE_MS = 60_000;
const CHECK_MS = 5000;

/** When discovery ends by itself; a missing limit is none. */
export interface DiscoveryLimits {
  discoveryMinutes?: number;
  /** machines with a receipt, this one not among them */
  machines?: number;
}

/** `ended`: DHCP answers no machine that was not seen before; those that were go on. */
export type DiscoveryState = { state: 'open' } | { state: 'ended'; reason: string; at: string };

export interface Discovery {
  readonly current: DiscoveryState;
  /** ends it; later reasons change nothing */
  end(reason: string): Promise<void>;
  stop(): void;
}

interface DiscoveryOptions {
  /** in RAM: a restart of the service goes on with the same clock, another boot begins anew */
  stateFile: string;
  limits: DiscoveryLimits;
  now: () => Date;
  /** machines with a receipt */
  receipts: () => number;
  onEnd: (reason: string) => Promise<void> | void;
}

const State = z.looseObject({
  startedAt: z.iso.datetime(),
  ended: z.looseObject({ reason: z.string(), at: z.iso.datetime() }).exactOptional(),
});

/** Opens discovery, or finds that it had ended before the service was started again. */
export async function openDiscovery({ stateFile, limits, now, receipts, onEnd }: DiscoveryOptions): Promise<Discovery> {
  const state = readState(await readOrUndefined(stateFile)) ?? { startedAt: now().toISOString() };
  const keep = async (): Promise<void> => writeAtomic(stateFile, `${JSON.stringify(state)}\n`);
  await keep();
  const end = async (reason: string): Promise<void> => {
    if (state.ended !== undefined) return;
    state.ended = { reason, at: now().toISOString() };
    clearInterval(timer);
    await keep();
    await onEnd(reason);
  };
  const check = (): void => {
    const reason = reasonToEnd(limits, now().getTime() - Date.parse(state.startedAt), receipts());
    // when the state cannot be written it has ended all the same
    if (reason !== undefined) end(reason).catch(() => {});
  };
  const timer = setInterval(check, CHECK_MS).unref();
  if (limits.discoveryMinutes === undefined && limits.machines === undefined) clearInterval(timer);
  return {
    get current(): DiscoveryState {
      return state.ended === undefined ? { state: 'open' } : { state: 'ended', ...state.ended };
    },
    end,
    stop: () => clearInterval(timer),
  };
}

/** Machines that were answered before, and whose lease is not ours to know: another server gave it, or it was never taken. */
export function withoutLease({ machines }: Pick<Ledger, 'machines'>, { addressOf }: Pick<Leases, 'addressOf'>): MacAddress[] {
  return machines().flatMap(({ mac, stage }) => (stage === 'discover' || addressOf(mac) !== undefined ? [] : [mac]));
}

/** Which limit is reached, in words. */
export function reasonToEnd({ discoveryMinutes, machines }: DiscoveryLimits, openMs: number, receipts: number): string | undefined {
  if (discoveryMinutes !== undefined && openMs >= discoveryMinutes * MINUTE_MS)
    return `after ${discoveryMinutes} minutes, as recon.yaml says`;
  if (machines !== undefined && receipts >= machines) return `with ${machines} machines stored, as recon.yaml says`;
  return undefined;
}

function readState(bytes: Buffer | undefined): z.infer<typeof State> | undefined {
  try {
    return bytes === undefined ? undefined : State.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

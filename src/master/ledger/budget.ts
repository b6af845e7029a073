import type { LedgerEvent } from '../../domain/ledger.ts';
import { isLater } from '../../domain/stages.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { rateLimit } from '../http/rate-limit.ts';

/** One machine's events that are written at once: several whole boots. */
const BURST = 500;
/** And then: a transfer that reports every 2 s, with some room. */
const PER_SECOND = 0.6;

/** Decides which events are worth their place on the stick. */
export interface LedgerBudget {
  /** `isNewStage`: the machine's first event of its kind */
  allows(event: LedgerEvent, lineBytes: number, isNewStage: boolean): boolean;
}

/**
 * A network card in a loop, or somebody who makes up machines, must not fill the stick with the ledger. Receipts are always
 * written, and so is the first event of each stage that only a machine with a token can reach. Half of the room is for machines with a lease.
 */
export function ledgerBudget(options: {
  fileBytes: number;
  limitBytes: number;
  machines: number;
  /** without it all machines are alike */
  isLeased?: (mac: MacAddress) => boolean;
  nowMs?: () => number;
}): LedgerBudget {
  let { fileBytes } = options;
  const perMachine = rateLimit({
    burst: BURST,
    perSecond: PER_SECOND,
    keys: options.machines,
    ...definedOnly({ nowMs: options.nowMs }),
  });
  const isWorthIt = (mac: MacAddress, isNewStage: boolean, lineBytes: number): boolean =>
    fileBytes + lineBytes <= (options.isLeased?.(mac) === false ? options.limitBytes / 2 : options.limitBytes) &&
    (perMachine.take(mac) || isNewStage);
  return {
    allows: ({ mac, stage }, lineBytes, isNewStage) => {
      const always = stage === 'receipt' || (isNewStage && isLater(stage, 'root-image'));
      if (!isWorthIt(mac, isNewStage, lineBytes) && !always) return false;
      fileBytes += lineBytes;
      return true;
    },
  };
}

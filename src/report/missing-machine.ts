import type { EarlyFacts } from '../domain/early-facts.ts';
import type { Verdict } from '../domain/verdict.ts';

/** A machine that was seen on the network and gave no record. */
export interface MissingMachine {
  mac: string;
  /** the last stage of its boot that the master saw */
  stage: string;
  at: string | undefined;
  address: string | undefined;
  detail: string | undefined;
  /** why it does not go on, and what to try */
  verdict?: Verdict;
  /** what its boot loader and initrd said */
  facts?: EarlyFacts;
  /** number of its latest event in the ledger of its visit */
  lastSequence?: number;
  /** the listed machine that the address is a port of; firmware tries one port after the other */
  portOf?: string;
}

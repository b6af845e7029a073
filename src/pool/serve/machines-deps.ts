import type { Pool } from '../../domain/pool/pool.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Leases } from '../../master/dhcp/leases.ts';
import type { MasterLimits } from '../../master/http/limits.ts';
import type { Log } from '../../platform/log.ts';
import type { Asker, BootBook } from '../history/boot-book.ts';
import type { KernelMessages } from '../history/kernel-messages.ts';
import type { BootTokens } from './boot-tokens.ts';
import type { ServedImages } from './served-images.ts';

/** What the machines' side of a head node stands on. */
export interface MachinesDeps {
  /** the last accepted state */
  pool: () => Pool;
  /** files/ of the pool's folder */
  filesDirectory: string;
  /** as files/, for what only a token opens; none when missing */
  secretsDirectory?: string;
  images: ServedImages;
  /** boot loaders, also for UEFI HTTP boot */
  loaderDirectory: string;
  book: BootBook;
  tokens: BootTokens;
  kernelMessages: Pick<KernelMessages, 'keep'>;
  leases: Pick<Leases, 'addressOf' | 'leaseHolder'>;
  /** path below which all of this lies, as `/pool`; missing: nothing stands before it */
  below?: string;
  /** the first script of an inventory image, for the profile `recon`; `origin`: our URL as the machine reached us, `mac`: whose */
  reconUrl?: (origin: string, mac: MacAddress) => string;
  limits: MasterLimits;
  /** whether a request that came in on this local address may be answered */
  isServedAddress: (localAddress: string) => boolean;
  now: () => Date;
  log: Log;
  /** something that a person must look at */
  onAlarm: (sentence: string) => void;
  /** a node's one-shot is over: the pool should say so too */
  onOnceOver: (asker: Asker) => void;
}

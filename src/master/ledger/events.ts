import type { LedgerEvent } from '../../domain/ledger.ts';
import type { Segment } from '../../domain/network.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';

/** What happens in the master, for the console and the journal. */
export type MasterEvent =
  | { kind: 'ledger'; event: LedgerEvent }
  | { kind: 'serving'; segments: readonly Segment[] }
  | { kind: 'not-serving'; interface: string; reason: string }
  /** a machine asked for an address without wanting to boot from the network; it was not answered */
  | { kind: 'stranger'; interface: string; mac: MacAddress }
  /** a machine wants to boot from the network, and we have no loader for its firmware (number of DHCP option 93), or it is known by a client identifier only */
  | { kind: 'unanswered'; interface: string; mac: MacAddress; architecture?: number; clientId?: string }
  /** a machine was offered a boot file beside another DHCP server's address again and again, and never fetched it */
  | { kind: 'offer-not-taken'; interface: string; mac: MacAddress; offers: number }
  | { kind: 'fault'; part: 'dnsmasq' | 'storage' | 'http' | 'inventory'; reason: string; hint?: string }
  /** records can be stored again */
  | { kind: 'storage-back'; lost: readonly MacAddress[] }
  /** no machine is answered any more that was not seen before */
  | { kind: 'discovery-ended'; reason: string }
  | { kind: 'sealed'; tarball: SealedTarball }
  | { kind: 'seal-failed'; reason: string; hint?: string };

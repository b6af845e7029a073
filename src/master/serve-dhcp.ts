import type { LoadedArchitecture } from '../domain/firmware.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';
import { removeOfferFence } from '../platform/network/offer-fence.ts';
import { type Discovery, withoutLease } from './dhcp/discovery.ts';
import { dnsmasqConfig } from './dhcp/dnsmasq/config.ts';
import { type DnsmasqService, superviseDnsmasq } from './dhcp/dnsmasq/dnsmasq.ts';
import type { StartDnsmasq } from './dhcp/dnsmasq/process.ts';
import { keepOffersApart } from './dhcp/keep-offers-apart.ts';
import { noteDnsmasqLine } from './dhcp/note-line.ts';
import { unmergedOffers } from './dhcp/unmerged-offers.ts';
import type { EventSink } from './event-sink.ts';
import { followInfiniband } from './follow-infiniband.ts';
import type { KeptState } from './kept-state.ts';
import type { RunState } from './run-state.ts';

/** Leases are short, so that nothing of us is left on a network soon after we are gone. */
const LEASE_SECONDS = 600;
/** A room of machines fetches its boot loader at the same moment. */
const MOST_TFTP_TRANSFERS = 2000;

/** What answers DHCP in a master's networks, and tells ledger and leases of it. */
export type ServeDhcp = (input: ServeDhcpInput) => DnsmasqService;

export interface ServeDhcpInput {
  /** where dnsmasq.conf is written */
  stateDirectory: string;
  /** boot loaders, served by TFTP */
  loaderDirectory: string;
  /** what of them is for which firmware */
  architectures: readonly LoadedArchitecture[];
  startDnsmasq?: StartDnsmasq;
  limits: { leases: number };
  state: RunState;
  kept: Pick<KeptState, 'hostsFile' | 'leases' | 'ledger'>;
  discovery: Discovery;
  /** machines that are answered whatever they run */
  renewing?: () => readonly string[];
  events: EventSink;
  log: Log;
}

/** Starts dnsmasq for DHCP, DNS and TFTP, and starts it again forever. What it says goes into the ledger. */
export function serveDhcp(input: ServeDhcpInput): DnsmasqService {
  const { architectures, state, kept, discovery, events, log } = input;
  const { hostsFile, leases, ledger } = kept;
  const unmerged = unmergedOffers();
  const infiniband = followInfiniband({ ledger, events, log });
  return superviseDnsmasq({
    directory: input.stateDirectory,
    config: (segments) =>
      dnsmasqConfig({
        segments,
        tftpRoot: input.loaderDirectory,
        architectures,
        hostsFile,
        leaseSeconds: LEASE_SECONDS,
        maxLeases: input.limits.leases,
        maxTftpTransfers: MOST_TFTP_TRANSFERS,
        renewing: input.renewing?.() ?? [],
        knownOnly: () => (discovery.current.state === 'ended' ? withoutLease(ledger, leases) : undefined),
      }),
    segments: state.segments,
    ...definedOnly({ start: input.startDnsmasq }),
    beforeStart: async () => {
      await keepOffersApart(log);
      await leases.compact();
    },
    afterStop: async () => {
      await removeOfferFence();
      await infiniband.stop();
    },
    onServing: (segments) => {
      events.emit({ kind: 'serving', segments });
      void infiniband.listen(segments);
    },
    onDown: (reason, retryMs) => events.fault('dnsmasq', reason, `It is started again in ${retryMs / 1000} s.`),
    onLine: (line) =>
      noteDnsmasqLine(line, { ledger, leases, log, unmerged, architectures, discovery: () => discovery.current, emit: events.emit }),
  });
}

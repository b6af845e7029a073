import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NodeSummary } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { MASTER_HOST_NAME, type Segment } from '../domain/network.ts';
import { isLater } from '../domain/stages.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { isLoopback } from '../domain/values/ip-address.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { VisitSummary } from '../domain/web-api.ts';
import { partialRecords } from '../records/partial-records.ts';
import type { SealedTarball } from '../seal/seal-tarball.ts';
import { signingCode } from '../tarball/signature.ts';
import { buildApp } from './app.ts';
import { type DiscoveryState, openDiscovery, withoutLease } from './dhcp/discovery.ts';
import { superviseDnsmasq } from './dhcp/dnsmasq/dnsmasq.ts';
import { openLeases } from './dhcp/leases.ts';
import { noteDnsmasqLine } from './dhcp/note-line.ts';
import { unmergedOffers } from './dhcp/unmerged-offers.ts';
import { MASTER_LIMITS } from './http/limits.ts';
import { listenEverywhere } from './http/listen-everywhere.ts';
import { noteReceipts } from './intake/note-receipts.ts';
import { storeSelf } from './intake/self-record.ts';
import { openStore } from './intake/store.ts';
import { openTokens } from './intake/tokens.ts';
import { usableDirectory } from './intake/usable-directory.ts';
import { openLedger } from './ledger/ledger.ts';
import type { MasterDeps } from './master-deps.ts';
import { sealVisit } from './seal/seal-visit.ts';
import { openSigningKey } from './seal/signing-key.ts';
import { newPin } from './show/pin.ts';
import { type VisitFacts, visitFacts } from './show/visit-facts.ts';
import { visitSummary } from './show/visit-summary.ts';
import { nodeSummaries } from './verdict/node-summaries.ts';
import { followSurroundings } from './verdict/surroundings.ts';

/** Leases are short, so that nothing of us is left on a network soon after we are gone. */
const LEASE_SECONDS = 600;
const QUIET_MS = 2 * 60 * 1000;
const SELF_PATIENCE_MS = 20_000;

export interface Master {
  readonly segments: readonly Segment[];
  readonly dnsmasqPid: number | undefined;
  /** serves one more segment */
  addSegment(segment: Segment): Promise<void>;
  /** stops answering on an interface before it returns */
  stopSegment(interfaceName: string, reason: string): Promise<void>;
  nodes(): NodeSummary[];
  /** the visit as a whole, as the page shows it */
  visit(): VisitSummary;
  /** the newest tarball, undefined when something changed since */
  readonly sealed: SealedTarball | undefined;
  /** of the key that signs this master's tarballs; another one at every boot */
  readonly signingCode: string;
  /** for the page's buttons; another one at every start */
  readonly pin: string;
  seal(): Promise<SealedTarball>;
  /** answers no machine any more that was not seen before */
  endDiscovery(reason: string): Promise<void>;
  readonly discovery: DiscoveryState;
  /** stops serving, seals, and waits until everything is written */
  stop(): Promise<void>;
}

/**
 * Starts all services of the master and resolves when HTTP listens. dnsmasq starts beside it and is started again forever.
 * @throws ReconError `not-writable` when the data or state directory cannot be used, `busy` when the HTTP port is taken
 */
export async function startMaster(deps: MasterDeps): Promise<Master> {
  const { manifest, dataDirectory, stateDirectory, storage, log, now = () => new Date(), site = 'site' } = deps;
  const emit = deps.onEvent ?? (() => {});
  const fault = (part: 'dnsmasq' | 'storage' | 'http' | 'inventory', reason: string, hint?: string): void => {
    log.warn(`${part}: ${reason}`);
    emit({ kind: 'fault', part, reason, ...definedOnly({ hint }) });
  };
  let segments = [...deps.segments];
  let masterMac: MacAddress | undefined;
  let latestTarball: SealedTarball | undefined;

  await usableDirectory(stateDirectory);
  await usableDirectory(dataDirectory);
  const hostsFile = join(stateDirectory, 'leases');
  const limits = { ...MASTER_LIMITS, ...deps.limits };
  const { machines } = limits;
  const leases = await openLeases(hostsFile, { machines });
  const tokens = await openTokens({ stateFile: join(stateDirectory, 'tokens.jsonl'), machines });
  const ledgerPath = join(dataDirectory, 'ledger.jsonl');
  const ledger = await openLedger({ path: ledgerPath, now, limits, onFault: (reason) => fault('storage', reason) });
  const store = await openStore({ directory: dataDirectory, storage, log, sequence: () => ledger.sequence });
  noteReceipts(store, ledger);
  const discovery = await openDiscovery({
    stateFile: join(stateDirectory, 'discovery.json'),
    limits: deps.discoveryLimits ?? {},
    now,
    receipts: () => store.latest().filter(({ mac, receipt }) => receipt !== undefined && mac !== masterMac).length,
    onEnd: async (reason) => {
      emit({ kind: 'discovery-ended', reason });
      await dnsmasq.reconfigure(segments);
    },
  });
  const surroundings = followSurroundings({ ...deps, now, segments: () => segments, discovery: () => discovery.current });
  const partial = partialRecords(dataDirectory);
  const sources = { ledger, store, masterMac: () => masterMac, surroundings };
  const exportDirectory = dataDirectory;
  const pin = newPin();
  const signingKey = await openSigningKey(join(stateDirectory, 'signing-key.pem'), log);

  const sealing = sealVisit({
    ...{ sources, ledgerPath, site, now, log, emit, signingKey },
    ...definedOnly({ encryptTo: deps.encryptTo, reportScript: deps.reportScript }),
    ...(deps.earlyRecord === undefined ? {} : { early: { partial, makeRecord: deps.earlyRecord } }),
    directory: exportDirectory,
    imageVersion: manifest.version,
    quietMs: deps.quietMs ?? QUIET_MS,
    onSealed: (tarball) => (latestTarball = tarball),
  });
  ledger.subscribe((event) => {
    // Leases are renewed for as long as a machine is up: they are no change.
    if (isLater(event.stage, 'ack')) sealing.changed();
    emit({ kind: 'ledger', event });
  });

  const nodes = (): NodeSummary[] => nodeSummaries(sources);
  const onDone = deps.onDone ?? (() => discovery.end('somebody said on the page that all machines are there'));
  const visit = (): VisitFacts =>
    visitFacts({
      options: { ...deps, onDone, version: manifest.version },
      moment: {
        now: now(),
        served: segments,
        tarball: latestTarball === undefined ? undefined : { ...latestTarball, isCurrent: sealing.current !== undefined },
        discoveryOver: discovery.current.state === 'ended' ? discovery.current.reason : undefined,
      },
    });
  const app = buildApp({
    ...{ ledger, store, leases, tokens, partial, limits, log, storage, nodes, visit, now, pin, onDone },
    ...{ dataDirectory, exportDirectory, loaderDirectory: deps.loaderDirectory, postArchive: deps.postArchive },
    image: { manifest, liveDirectory: deps.liveDirectory, rootHost: deps.rootHost ?? MASTER_HOST_NAME },
    version: manifest.version,
    seal: sealing.seal,
    isServedAddress: (address) =>
      isLoopback(address) || segments.some((segment) => segment.address === address || segment.ipv6?.address === address),
    page: deps.page,
    onPowerOff: deps.onPowerOff,
  });
  const port = deps.httpPort ?? 80;
  await listenEverywhere(app, port).catch((cause: unknown) => {
    throw new ReconError('busy', `HTTP port ${port} cannot be used: ${messageOf(cause)}`, { cause });
  });

  const unmerged = unmergedOffers();
  const dnsmasq = superviseDnsmasq({
    directory: stateDirectory,
    settings: {
      tftpRoot: deps.loaderDirectory,
      hostsFile,
      leaseSeconds: LEASE_SECONDS,
      maxLeases: limits.machines,
      maxTftpTransfers: 2000,
      knownOnly: () => (discovery.current.state === 'ended' ? withoutLease(ledger, leases) : undefined),
    },
    segments,
    beforeStart: leases.compact,
    onServing: (served) => emit({ kind: 'serving', segments: served }),
    onDown: (reason, retryMs) => fault('dnsmasq', reason, `It is started again in ${retryMs / 1000} s.`),
    onLine: (line) => noteDnsmasqLine(line, { ledger, leases, log, unmerged, discovery: () => discovery.current, emit }),
  });
  // an earlier boot of this stick may have sealed, and its tarball may be gone or old
  if (store.latest().length > 0) sealing.changed();
  const hurry = new AbortController();
  const self = storeSelf({
    inventorySelf: () => deps.inventorySelf(hurry.signal),
    store,
    ledger,
    stateDirectory,
    onMac: (mac) => (masterMac = mac),
  }).catch((error: unknown) => fault('inventory', `this machine's own record: ${messageOf(error)}`));

  return {
    get segments() {
      return segments;
    },
    get dnsmasqPid() {
      return dnsmasq.pid;
    },
    addSegment: async (segment) => {
      segments = [...segments.filter((one) => one.interface !== segment.interface), segment];
      await dnsmasq.reconfigure(segments);
    },
    stopSegment: async (interfaceName, reason) => {
      segments = segments.filter((one) => one.interface !== interfaceName);
      await dnsmasq.reconfigure(segments);
      emit({ kind: 'not-serving', interface: interfaceName, reason });
    },
    nodes,
    visit: () => visitSummary(visit(), nodes()),
    pin: pin.digits,
    signingCode: signingCode(signingKey),
    get sealed() {
      return sealing.current;
    },
    seal: sealing.seal,
    endDiscovery: discovery.end,
    get discovery() {
      return discovery.current;
    },
    stop: async () => {
      discovery.stop();
      hurry.abort();
      await dnsmasq.stop();
      await app.close();
      // an inventory that still runs must not keep a machine from going down
      await Promise.race([self, delay(SELF_PATIENCE_MS, undefined, { ref: false })]);
      await sealing.stop();
      await ledger.close();
    },
  };
}

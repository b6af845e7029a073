import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { NodeSummary } from '../domain/api.ts';
import { type LoadedArchitecture, loadedArchitectures } from '../domain/firmware.ts';
import type { Segment } from '../domain/network.ts';
import { isLater } from '../domain/stages.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import type { StorageTrouble, VisitSummary } from '../domain/web-api.ts';
import { namesIn } from '../platform/files/directories.ts';
import { steadyClock } from '../platform/machine/steady-clock.ts';
import type { SealedTarball } from '../seal/seal-tarball.ts';
import { signingCode } from '../tarball/signature.ts';
import type { OtherBoots } from './boot/other-boots.ts';
import { type Discovery, type DiscoveryState, openDiscovery } from './dhcp/discovery.ts';
import { type EventSink, eventSink } from './event-sink.ts';
import { followMedium } from './follow-medium.ts';
import { MASTER_LIMITS, type MasterLimits } from './http/limits.ts';
import { usableDirectory } from './intake/usable-directory.ts';
import { type KeptState, openKeptState } from './kept-state.ts';
import type { MasterDeps } from './master-deps.ts';
import type { MediumWatch } from './medium/medium-watch.ts';
import { type OwnInventory, startOwnInventory } from './own-inventory.ts';
import type { RunState } from './run-state.ts';
import { sealVisit } from './seal/seal-visit.ts';
import type { Sealing, SealKind } from './seal/sealing.ts';
import { serveDhcp } from './serve-dhcp.ts';
import { serveHttp } from './serve-http.ts';
import { newPin, type Pin } from './show/pin.ts';
import { visitSummary } from './show/visit-summary.ts';
import type { Sources } from './verdict/node-summaries.ts';
import { followSurroundings } from './verdict/surroundings.ts';
import type { CurrentVisit } from './visit/begin-visit.ts';
import { type VisitView, visitView } from './visit-view.ts';

const QUIET_MS = 2 * 60 * 1000;

export interface Master {
  readonly segments: readonly Segment[];
  readonly dnsmasqPid: number | undefined;
  /** serves one more segment */
  addSegment(segment: Segment): Promise<void>;
  /** stops answering on an interface before it returns */
  stopSegment(interfaceName: string, reason: string): Promise<void>;
  /** whether this machine was given an address by this stick, in this boot or in an earlier one */
  knowsMachine(mac: MacAddress): boolean;
  nodes(): NodeSummary[];
  /** the visit as a whole, as the page shows it */
  visit(): VisitSummary;
  /** the newest tarball, undefined when something changed since */
  readonly sealed: SealedTarball | undefined;
  /** what keeps records or the tarball from the stick */
  readonly storageTrouble: StorageTrouble | undefined;
  /** of the key that signs this master's tarballs; another one at every boot */
  readonly signingCode: string;
  /** which visit this is, and why */
  readonly current: Pick<CurrentVisit, 'start' | 'own' | 'words'>;
  /** for the page's buttons; another one at every start */
  readonly pin: string;
  /** TCP port that HTTP listens on */
  readonly httpPort: number;
  /** `without-captures`: when there is no room for more */
  seal(kind?: SealKind): Promise<SealedTarball>;
  /** answers no machine any more that was not seen before */
  endDiscovery(reason: string): Promise<void>;
  readonly discovery: DiscoveryState;
  /** the firmware that it has a loader for */
  readonly architectures: readonly LoadedArchitecture[];
  /** stops serving, seals, and waits until everything is written */
  stop(): Promise<void>;
}

/** What was given, with our defaults for what every part asks. */
type Settings = MasterDeps & Required<Pick<MasterDeps, 'now'>> & { limits: MasterLimits };

/** The parts of a master; each step takes those that it needs of the ones before it. */
interface Parts {
  settings: Settings;
  state: RunState;
  events: EventSink;
  kept: KeptState;
  medium: MediumWatch;
  discovery: Discovery;
  sources: Sources;
  sealing: Sealing;
  view: VisitView;
  pin: Pin;
  app: FastifyInstance;
  own: OwnInventory;
  otherBoots: OtherBoots | undefined;
  architectures: readonly LoadedArchitecture[];
}

/**
 * Starts all services of the master and resolves when HTTP listens. dnsmasq starts beside it and is started again forever.
 * @throws ReconError `not-writable` when the data or state directory cannot be used, `busy` when the HTTP port is taken
 */
export async function startMaster(deps: MasterDeps): Promise<Master> {
  await usableDirectory(deps.stateDirectory);
  const now = deps.now ?? (await steadyClock({ stateFile: join(deps.stateDirectory, 'clock') }));
  const settings: Settings = { ...deps, now, limits: { ...MASTER_LIMITS, ...deps.limits } };
  const state: RunState = { segments: deps.segments, ownMac: undefined, dnsmasq: undefined };
  const events = eventSink(settings);
  const { medium, resume } = followMedium(settings, events);
  const kept = await openKeptState({ ...settings, medium, events });
  const discovery = await followDiscovery({ settings, state, kept, events });
  const sources = sourcesOf({ settings, state, kept, discovery });
  const sealing = sealWhenQuiet({ settings, kept, events, sources, medium });
  resume({ kept, sealing });
  // a stick with trouble from the start: said before anybody asks, and brought back as soon as it can be
  if (medium.trouble === undefined) await medium.check();
  const view = visitView({ settings, state, discovery, sealing, sources, medium, current: kept.current });
  const pin = newPin();
  const otherBoots = await settings.openOtherBoots?.({ leases: kept.leases, limits: settings.limits, now });
  const architectures = loadedArchitectures(await namesIn(settings.loaderDirectory).catch(() => []));
  const app = await serveHttp({
    ...{ ...settings, ...kept, ...view, architectures, state, pin, medium, otherBoots, seal: sealing.seal },
    ...{ page: settings.page, onPowerOff: settings.onPowerOff, onLook: settings.onLook, exportDirectory: settings.dataDirectory },
  });
  state.dnsmasq = (settings.serveDhcp ?? serveDhcp)({
    ...{ ...settings, architectures, state, kept, discovery, events },
    ...definedOnly({ renewing: otherBoots?.renewing }),
  });
  otherBoots?.follow(async () => state.dnsmasq?.reconfigure(state.segments));
  // an earlier boot of this stick may have sealed, and its tarball may be gone or old
  if (kept.store.latest().length > 0) sealing.changed();
  const own = startOwnInventory({ ...settings, ...kept, state, events });
  return masterOf({ settings, state, events, kept, medium, discovery, sources, sealing, view, pin, app, own, otherBoots, architectures });
}

/** Discovery, which ends by itself where a limit says so; DHCP then answers no new machine. */
async function followDiscovery({
  settings,
  state,
  kept,
  events,
}: Pick<Parts, 'settings' | 'state' | 'kept' | 'events'>): Promise<Discovery> {
  return openDiscovery({
    stateFile: join(settings.stateDirectory, 'discovery.json'),
    limits: settings.discoveryLimits ?? {},
    now: settings.now,
    receipts: () => kept.store.latest().filter(({ mac, receipt }) => receipt !== undefined && mac !== state.ownMac).length,
    onEnd: async (reason) => {
      events.emit({ kind: 'discovery-ended', reason });
      // what is started later reads that it is over
      await state.dnsmasq?.reconfigure(state.segments);
    },
  });
}

/** What is known of the machines, and what verdicts on them need to know. */
function sourcesOf({ settings, state, kept, discovery }: Pick<Parts, 'settings' | 'state' | 'kept' | 'discovery'>): Sources {
  const surroundings = followSurroundings({ ...settings, segments: () => state.segments, discovery: () => discovery.current });
  return { ledger: kept.ledger, store: kept.store, masterMac: () => state.ownMac, surroundings };
}

/** Sealing, by itself when nothing has changed for a while. Each event is told as well. */
function sealWhenQuiet({
  settings,
  kept,
  events,
  sources,
  medium,
}: Pick<Parts, 'settings' | 'kept' | 'events' | 'sources' | 'medium'>): Sealing {
  const { site = 'site', now, log, quietMs = QUIET_MS, earlyRecord, encryptTo, reportScript, sealTarball } = settings;
  const sealing = sealVisit({
    ...{ sources, site, now, log, quietMs },
    ...{ directory: settings.dataDirectory, medium, imageVersion: settings.manifest.version },
    ...{ ledgerPath: kept.ledgerPath, signingKey: kept.signingKey, emit: events.emit },
    ...definedOnly({ encryptTo, reportScript, sealTarball }),
    ...{ visit: kept.current.start, earlierVisits: kept.current.earlier, ofVisit: kept.current },
    ...(earlyRecord === undefined ? {} : { early: { partial: kept.partial, makeRecord: earlyRecord } }),
  });
  kept.ledger.subscribe((event) => {
    // Leases are renewed for as long as a machine is up: they are no change.
    if (isLater(event.stage, 'ack')) sealing.changed();
    events.emit({ kind: 'ledger', event });
  });
  return sealing;
}

/** What whoever started the master has in hand. */
function masterOf(parts: Parts): Master {
  const { state, events, kept, discovery, sealing, view, pin, app } = parts;
  const serve = async (segments: readonly Segment[]): Promise<void> => {
    state.segments = segments;
    await state.dnsmasq?.reconfigure(segments);
  };
  const without = (name: string): Segment[] => state.segments.filter((one) => one.interface !== name);
  return {
    get segments() {
      return state.segments;
    },
    get dnsmasqPid() {
      return state.dnsmasq?.pid;
    },
    addSegment: (segment) => serve([...without(segment.interface), segment]),
    stopSegment: async (name, reason) => {
      await serve(without(name));
      events.emit({ kind: 'not-serving', interface: name, reason });
    },
    knowsMachine: (mac) => kept.leases.addressOf(mac) !== undefined || kept.ledger.machine(mac)?.stages.ack !== undefined,
    nodes: view.nodes,
    visit: () => visitSummary(view.visit(), view.nodes()),
    pin: pin.digits,
    httpPort: portOf(app),
    architectures: parts.architectures,
    current: kept.current,
    signingCode: signingCode(kept.signingKey),
    get sealed() {
      return sealing.current;
    },
    get storageTrouble() {
      return view.visit().storageTrouble;
    },
    seal: sealing.seal,
    endDiscovery: discovery.end,
    get discovery() {
      return discovery.current;
    },
    stop: () => stop(parts),
  };
}

function portOf(app: FastifyInstance): number {
  const [address] = app.addresses();
  return typeof address === 'object' ? address.port : 0;
}

/** Nobody is served any more before the last tarball is made, so that it holds everything. */
async function stop({ state, kept, medium, discovery, sealing, app, own, otherBoots }: Parts): Promise<void> {
  discovery.stop();
  own.shutdown();
  await state.dnsmasq?.stop();
  await app.close();
  // requests wrote what was seen of machines until now
  await otherBoots?.stop();
  await own.settled();
  await sealing.stop();
  await kept.store.close();
  await kept.ledger.close();
  medium.stop();
}

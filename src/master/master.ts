import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NodeSummary } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { ImageManifest } from '../domain/image.ts';
import type { MacAddress } from '../domain/mac.ts';
import { MASTER_HOST_NAME, type Segment } from '../domain/network.ts';
import { isLater } from '../domain/stages.ts';
import { makeDirectory } from '../platform/directories.ts';
import type { Log } from '../platform/log.ts';
import { buildApp } from './app.ts';
import { superviseDnsmasq } from './dnsmasq.ts';
import type { MasterEvent } from './events.ts';
import { openLeases } from './leases.ts';
import { openLedger } from './ledger.ts';
import { missingMachines, nodeSummaries } from './node-summaries.ts';
import { noteDnsmasqLine } from './note-dnsmasq-line.ts';
import { startSealing } from './sealing.ts';
import { type SelfInventory, storeSelf } from './self-record.ts';
import { openStore } from './store.ts';
import { type SealedTarball, sealTarball } from './tarball.ts';
import { openTokens } from './tokens.ts';

/** Leases are short, so that nothing of us is left on a network soon after we are gone. */
const LEASE_SECONDS = 600;
const QUIET_MS = 2 * 60 * 1000;
const SELF_PATIENCE_MS = 3000;

export interface MasterDeps {
  manifest: ImageManifest;
  /** the mounted ISO that we booted from */
  liveDirectory: string;
  /** the mounted RECONDATA, or a directory in RAM */
  dataDirectory: string;
  storage: 'stick' | 'ram';
  /** in RAM; survives a restart of the service: leases, tokens, dnsmasq.conf */
  stateDirectory: string;
  /** boot loaders, served by TFTP */
  loaderDirectory: string;
  postArchive: Buffer;
  /** segments that are quiet; the address of each is on its interface already */
  segments: readonly Segment[];
  inventorySelf: () => Promise<SelfInventory>;
  log: Log;
  onEvent?: (event: MasterEvent) => void;
  /** part of the tarball's name; `site` when missing */
  site?: string;
  /** host in the root image's URL; `bang` when missing */
  rootHost?: string;
  /** TCP port of HTTP; 80 when missing */
  httpPort?: number;
  /** seal after this time without changes; 2 minutes when missing */
  quietMs?: number;
  now?: () => Date;
}

export interface Master {
  readonly segments: readonly Segment[];
  readonly dnsmasqPid: number | undefined;
  /** serves one more segment */
  addSegment(segment: Segment): Promise<void>;
  /** stops answering on an interface before it returns */
  stopSegment(interfaceName: string, reason: string): Promise<void>;
  nodes(): NodeSummary[];
  /** the newest tarball, undefined when something changed since */
  readonly sealed: SealedTarball | undefined;
  seal(): Promise<SealedTarball>;
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
    emit({ kind: 'fault', part, reason, ...(hint === undefined ? {} : { hint }) });
  };
  let segments = [...deps.segments];
  let masterMac: MacAddress | undefined;

  await usableDirectory(stateDirectory);
  await usableDirectory(dataDirectory);
  const hostsFile = join(stateDirectory, 'leases');
  const leases = await openLeases(hostsFile);
  const tokens = await openTokens({ stateFile: join(stateDirectory, 'tokens.jsonl') });
  const ledgerPath = join(dataDirectory, 'ledger.jsonl');
  const ledger = await openLedger({ path: ledgerPath, now, onFault: (reason) => fault('storage', reason) });
  const store = await openStore({ directory: dataDirectory, storage, log, sequence: () => ledger.sequence });
  const sources = { ledger, store, masterMac: () => masterMac };
  const exportDirectory = dataDirectory;

  const sealing = startSealing({
    quietMs: deps.quietMs ?? QUIET_MS,
    build: async (replaces) => {
      await ledger.sync();
      const missing = missingMachines(sources);
      const revisions = store.latest();
      return sealTarball({
        directory: exportDirectory,
        site,
        imageVersion: manifest.version,
        now: now(),
        revisions,
        missing,
        ledgerPath,
        replaces,
      });
    },
    onSealed: (tarball) => emit({ kind: 'sealed', tarball }),
    onFailed: (error) => {
      log.warn(`sealing: ${messageOf(error)}`);
      const hint = error instanceof ReconError ? error.hint : undefined;
      emit({ kind: 'seal-failed', reason: messageOf(error), ...(hint === undefined ? {} : { hint }) });
    },
  });
  ledger.subscribe((event) => {
    // Leases are renewed for as long as a machine is up: they are no change.
    if (isLater(event.stage, 'ack')) sealing.changed();
    emit({ kind: 'ledger', event });
  });

  const app = buildApp({
    ...sources,
    manifest,
    liveDirectory: deps.liveDirectory,
    loaderDirectory: deps.loaderDirectory,
    dataDirectory,
    exportDirectory,
    storage,
    postArchive: deps.postArchive,
    rootHost: deps.rootHost ?? MASTER_HOST_NAME,
    leases,
    tokens,
    seal: sealing.seal,
    isServedAddress: (address) => /^127\.|^::1$/.test(address) || segments.some((segment) => segment.address === address),
    log,
  });
  const port = deps.httpPort ?? 80;
  await app.listen({ host: '0.0.0.0', port, backlog: 4096 }).catch((cause: unknown) => {
    throw new ReconError('busy', `HTTP port ${port} cannot be used: ${messageOf(cause)}`, { cause });
  });

  const dnsmasq = superviseDnsmasq({
    directory: stateDirectory,
    settings: { tftpRoot: deps.loaderDirectory, hostsFile, leaseSeconds: LEASE_SECONDS, maxLeases: 20_000, maxTftpTransfers: 2000 },
    segments,
    beforeStart: leases.compact,
    onServing: (served) => emit({ kind: 'serving', segments: served }),
    onDown: (reason, retryMs) => fault('dnsmasq', reason, `It is started again in ${retryMs / 1000} s.`),
    onLine: (line) => noteDnsmasqLine(line, { ledger, leases, log, emit }),
  });
  const self = storeSelf({ inventorySelf: deps.inventorySelf, store, ledger, stateDirectory, onMac: (mac) => (masterMac = mac) }).catch(
    (error: unknown) => fault('inventory', `this machine's own record: ${messageOf(error)}`),
  );

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
    nodes: () => nodeSummaries(sources),
    get sealed() {
      return sealing.current;
    },
    seal: sealing.seal,
    stop: async () => {
      await dnsmasq.stop();
      await app.close();
      // an inventory that still runs must not keep a machine from going down
      await Promise.race([self, delay(SELF_PATIENCE_MS, undefined, { ref: false })]);
      await sealing.stop();
      await ledger.close();
    },
  };
}

async function usableDirectory(path: string): Promise<void> {
  try {
    await makeDirectory(path);
  } catch (cause) {
    throw new ReconError('not-writable', `${path} cannot be made: ${messageOf(cause)}`, { cause });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { isLoopback, subnetOf } from '../../domain/ip-address.ts';
import type { Segment } from '../../domain/network.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { openLeases } from '../../master/dhcp/leases.ts';
import { type GuardOptions, startGuard } from '../../master/guard/guard.ts';
import { stateWords } from '../../master/guard/state-words.ts';
import { MASTER_LIMITS } from '../../master/http/limits.ts';
import { listenEverywhere } from '../../master/http/listen-everywhere.ts';
import { openKeptRows } from '../../platform/database/kept-rows.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { addAddress, listInterfaces } from '../../platform/network/interfaces.ts';
import { ownHostName } from '../../platform/network/own-addresses.ts';
import { eventHub } from '../api/parts/event-hub.ts';
import { auditLog } from '../audit/audit-log.ts';
import { nodeOf } from '../decide/known-node.ts';
import { type BootBook, type BootBookOptions, openBootBook } from '../history/boot-book.ts';
import { type KernelMessages, openKernelMessages } from '../history/kernel-messages.ts';
import { machineEvents } from '../public/machine-events.ts';
import { type PeopleSide, type PeopleSideOptions, type PeopleSideParts, startPeopleSide } from '../public/people-side.ts';
import { openBootTokens } from '../serve/boot-tokens.ts';
import { machinesApp } from '../serve/machines-app.ts';
import { servedImages } from '../serve/served-images.ts';
import { gitCommits } from '../store/git-commits.ts';
import { openPoolStore, type PoolStore } from '../store/pool-store.ts';
import type { Revision } from '../store/revision.ts';
import { onceDisarmer } from './disarm-once.ts';
import { followFolder } from './follow-folder.ts';
import { headSegment, networkOn } from './head-segment.ts';
import { moveNodeFiles } from './move-node-files.ts';
import { type PrivateDhcp, startPrivateDhcp } from './private-dhcp.ts';

/** What runs, for whoever looks on. */
export interface HeadParts {
  store: PoolStore;
  book: BootBook;
  /** of the people's side; undefined without an HTTPS listener */
  url: string | undefined;
}

export interface HeadOptions {
  poolDirectory: string;
  imagesDirectory: string;
  stateDirectory: string;
  /** the private one */
  interface: string;
  loaderDirectory: string;
  /** below it all/, group/…, profile/…, node/… as below files/; never in the pool's folder */
  secretsDirectory?: string;
  reconUrl?: string;
  /** of the machines' side; 80 when missing */
  httpPort?: number;
  /** missing: nobody but machines is served */
  people?: PeopleSideOptions;
  /** other times than the guard's own and than 2 s between two looks at the folder, for tests */
  timing?: Pick<GuardOptions, 'probeMs' | 'reprobeMs' | 'pollMs'> & { folderMs?: number };
  log: Log;
}

/** A head node that serves. */
export interface Head {
  segment: Segment;
  parts: HeadParts;
  stop(): Promise<void>;
}

/**
 * Starts a head node: what is wanted, what was seen, the machines' side, the guard, and DHCP where the guard allows it.
 * @throws ReconError `usage` without a network on the interface, `pool-broken` for a folder that was never valid, `busy` for a port in use
 */
export async function startHead(options: HeadOptions): Promise<Head> {
  const { stateDirectory, log, httpPort = 80, reconUrl } = options;
  await using stack = new AsyncDisposableStack();
  await makeDirectory(stateDirectory);
  const events = eventHub();
  const audit = auditLog(join(stateDirectory, 'audit.jsonl'), { now: () => new Date() });
  let seen: KeptParts | undefined;
  const store: PoolStore = await openPoolStore(options.poolDirectory, {
    ...{ stateDirectory, now: () => new Date() },
    onAccepted: async (revision) => {
      seen?.book.follow(store.state().pool);
      await moveNodeFiles(revision, [join(options.poolDirectory, 'files'), options.secretsDirectory], log);
      await tellRevision(revision, { audit, events });
    },
    commits: gitCommits(options.poolDirectory, { host: ownHostName() }),
  });
  const kept = await keptParts(stack, stateDirectory, { log, onNote: machineEvents(events) });
  kept.book.follow(store.state().pool);
  seen = kept;
  const segment = await headSegment(store.state().pool, networkOn(store.state().pool, options.interface));
  const pool = (): ReturnType<PoolStore['state']>['pool'] => store.state().pool;
  const leases = await openLeases(join(stateDirectory, 'leases'));
  const disarm = onceDisarmer(store, kept.book, log);
  if (!(await exists(options.loaderDirectory))) throw noLoaders(options.loaderDirectory);
  const app = machinesApp({
    ...{ pool, leases, log, ...kept, loaderDirectory: options.loaderDirectory, limits: MASTER_LIMITS },
    images: servedImages(options.imagesDirectory),
    filesDirectory: join(options.poolDirectory, 'files'),
    ...definedOnly({ secretsDirectory: options.secretsDirectory, reconUrl: reconUrl === undefined ? undefined : () => reconUrl }),
    isServedAddress: (address) => isLoopback(address) || address === segment.address,
    ...{ now: () => new Date(), onAlarm: (sentence) => log.warn(`ALARM: ${sentence}`), onOnceOver: disarm },
  });
  stack.defer(() => app.close());
  const dhcp = await startPrivateDhcp({ pool, segment, stateDirectory, loaderDirectory: options.loaderDirectory, httpPort, leases, log });
  stack.defer(() => dhcp.stop());
  await listenEverywhere(app, httpPort).catch((cause: unknown) => {
    throw new ReconError('busy', `HTTP port ${httpPort} cannot be used: ${messageOf(cause)}`, { cause });
  });
  const people = await servePeople(stack, options, { store, audit, events, segment, book: kept.book, kernelMessages: kept.kernelMessages });
  stack.use(await guardSegment(options, segment, dhcp, (mac) => nodeOf(pool(), mac) !== undefined || leases.addressOf(mac) !== undefined));
  const follower = followFolder({ store, log, everyMs: options.timing?.folderMs ?? 2000, onChange: async () => follow(dhcp, disarm) });
  stack.defer(() => follower.stop());
  const all = stack.move();
  return { segment, parts: { store, book: kept.book, url: people?.url }, stop: () => all.disposeAsync() };
}

type PeopleParts = Pick<PeopleSideParts, 'store' | 'audit' | 'events' | 'book' | 'kernelMessages'> & { segment: Segment };

async function servePeople(
  stack: AsyncDisposableStack,
  { people, imagesDirectory, stateDirectory, log }: HeadOptions,
  { segment, ...parts }: PeopleParts,
): Promise<PeopleSide | undefined> {
  if (people === undefined) return undefined;
  const machinesSide = { interface: segment.interface, subnet: subnetOf(segment), address: segment.address };
  const side = await startPeopleSide(people, { ...parts, imagesDirectory, stateDirectory, machinesSide, log });
  stack.defer(() => side.close());
  return side;
}

/** What people change by the API is in the audit with their name; what is edited in the folder, and what the head itself takes out, comes in here. */
async function tellRevision({ number, by, what }: Revision, { audit, events }: Pick<PeopleSideParts, 'audit' | 'events'>): Promise<void> {
  events.publish({ event: 'revision', revision: number, by, what });
  if (by === 'folder' || by === 'head') await audit.note({ who: by, from: 'this machine', what, revision: number });
}

async function follow(dhcp: PrivateDhcp, disarm: () => void): Promise<void> {
  await dhcp.follow();
  disarm();
}

interface KeptParts {
  book: BootBook;
  tokens: ReturnType<typeof openBootTokens>;
  kernelMessages: KernelMessages;
}

async function keptParts(
  stack: AsyncDisposableStack,
  stateDirectory: string,
  { log, onNote }: { log: Log; onNote: NonNullable<BootBookOptions['onNote']> },
): Promise<KeptParts> {
  const onDamage = (keptAs: string): void => log.warn(`the history of boots was damaged: a new one is begun, the old one is ${keptAs}`);
  const rowsOf = (table: string): ReturnType<typeof openKeptRows> =>
    stack.use(openKeptRows(join(stateDirectory, 'pool.sqlite'), { table, onDamage, onFault: (reason) => log.warn(rowsText(reason)) }));
  return {
    ...{ book: openBootBook(rowsOf('machines'), { onNote }), tokens: openBootTokens(rowsOf('tokens')) },
    kernelMessages: await openKernelMessages(join(stateDirectory, 'dmesg')),
  };
}

function rowsText(reason: string | undefined): string {
  return reason === undefined
    ? 'what is seen of machines is written down again'
    : `what is seen of machines cannot be written down (${reason}); it is kept in memory and tried again each second. Is the disk full?`;
}

/** Serves DHCP exactly while the private side is quiet; the head keeps its address, and HTTP goes on for machines that have one. */
async function guardSegment(
  { timing, log }: HeadOptions,
  segment: Segment,
  dhcp: PrivateDhcp,
  isOurs: NonNullable<GuardOptions['isOurs']>,
): Promise<AsyncDisposable> {
  const { folderMs: _folder, ...times } = timing ?? {};
  let chain: Promise<void> = Promise.resolve();
  const guard = await startGuard({
    ...times,
    ...{ interfaces: [segment.interface], ownSubnets: [subnetOf(segment)], isOurs, log },
    onState: ({ interface: name, state }) => {
      for (const { sentence, hint } of stateWords(name, state)) log.info(`${sentence} ${hint}`.trim());
      chain = chain
        .then(async () => {
          if (state.state === 'quiet') await takeAddress(segment);
          await dhcp.allow(state.state === 'quiet');
        })
        .catch((error: unknown) => log.warn(`${name}: ${messageOf(error)}`));
    },
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await guard.stop();
      await chain;
    },
  };
}

async function takeAddress({ interface: name, address, prefixLength }: Segment): Promise<void> {
  const facts = (await listInterfaces()).find((one) => one.name === name);
  if (facts?.addresses.some((one) => one.address === address) !== true) await addAddress(name, address, prefixLength);
}

function noLoaders(directory: string): ReconError {
  return new ReconError('host-unfit', `there is no folder ${directory} with boot loaders`, {
    hint: 'On Debian: apt-get install ipxe. Or name another one with --loaders.',
  });
}

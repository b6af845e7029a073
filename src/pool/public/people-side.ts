import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import { isIpAddress, plainAddress, type SubnetSet, subnetSet } from '../../domain/ip-address.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { PageParts } from '../../domain/web-page.ts';
import { listenEverywhere } from '../../master/http/listen-everywhere.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { addressesBut, addressesOf, ownHostName } from '../../platform/network/own-addresses.ts';
import { replaceCertificate } from '../../platform/network/replace-certificate.ts';
import { closeToOthers, freeSocketPath } from '../../platform/network/socket-path.ts';
import type { PoolApiDeps, PoolAppOptions } from '../api/parts/deps.ts';
import type { EventHub } from '../api/parts/event-hub.ts';
import { poolApp } from '../api/pool-app.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { BootBook } from '../history/boot-book.ts';
import type { KernelMessages } from '../history/kernel-messages.ts';
import { openPeople } from '../people/people.ts';
import type { PoolStore } from '../store/pool-store.ts';
import { bootsSeen } from './boots-seen.ts';
import { firstLink, setUpUrl } from './first-link.ts';
import { imagesThere } from './images-there.ts';
import { httpsUrl, type ListenAddress } from './listen-address.ts';
import { type PeopleCertificate, peopleCertificate } from './people-certificate.ts';
import { visitReader } from './read-visit.ts';
import type { CertificateFiles, ServerCertificate } from './server-certificate.ts';

/** Where page, programs and the administrator's own commands come in. */
export interface PeopleSideOptions {
  /** of the HTTPS listener; undefined: there is none */
  listen: ListenAddress | undefined;
  /** other names by which people call this head */
  names: readonly string[];
  /** the administrator's own certificate; missing: one is made in the state directory */
  certificate?: CertificateFiles;
  /** a Unix socket: whoever may open it is the administrator */
  socketPath: string;
  /** who may do what; `users.yaml` */
  usersFile: string;
  version: string;
  page?: PageParts;
  /** between two looks at the certificate's files, for tests */
  certificateEveryMs?: number;
}

const CERTIFICATE_EVERY_MS = 10_000;

/** What the people's side shows and changes. */
export interface PeopleSideParts {
  store: PoolStore;
  book: BootBook;
  kernelMessages: Pick<KernelMessages, 'of'>;
  audit: AuditLog;
  events: EventHub;
  imagesDirectory: string;
  stateDirectory: string;
  /** the private side: nothing of this listens there */
  machinesSide: { interface: string; subnet: string; address: string };
  log: Log;
}

export interface PeopleSide {
  /** undefined without an HTTPS listener */
  url: string | undefined;
  close(): Promise<void>;
}

/**
 * Starts the people's side of a head node: HTTPS off the private side, and a socket for root.
 * @throws ReconError `busy` for a port or socket in use, `usage` for an address of the private side or a certificate that cannot be used
 */
export async function startPeopleSide(options: PeopleSideOptions, parts: PeopleSideParts): Promise<PeopleSide> {
  const { store, audit, events, log } = parts;
  const people = openPeople({ file: options.usersFile, now: () => new Date(), nowMs: () => performance.now() });
  const hosts = options.listen === undefined ? undefined : hostsOf(options, options.listen, parts.machinesSide.interface);
  const certificate = hosts === undefined ? undefined : await certificateOf(options, hosts, parts);
  const deps: PoolApiDeps & Pick<PoolAppOptions, 'log' | 'version'> = {
    ...{ store, people, audit, events, log, version: options.version },
    boots: bootsSeen({
      ...{ book: parts.book, kernelMessages: parts.kernelMessages },
      ...{ pool: (): Pool => store.state().pool, nowMs: () => Date.now() },
    }),
    images: imagesThere(parts.imagesDirectory),
    certificate: { trouble: () => certificate?.trouble() },
    visits: visitReader(parts.stateDirectory),
  };
  await using stack = new AsyncDisposableStack();
  await listenOnSocket(stack, deps, options.socketPath);
  const { listen } = options;
  const https =
    listen === undefined || hosts === undefined || certificate === undefined
      ? undefined
      : await listenOnHttps(stack, deps, { ...options, listen, hosts, certificate }, parts);
  if (https !== undefined && certificate !== undefined) {
    log.info(`page and API: ${https.url}, certificate SHA-256 ${certificate.current().fingerprint}`);
    const secret = await firstLink(people);
    if (secret !== undefined)
      log.info(`nobody can sign in yet: ${setUpUrl(https.url, secret)} sets the first password, once and within 30 minutes`);
  }
  const all = stack.move();
  return { url: https?.url, close: () => all.disposeAsync() };
}

type PeopleSideDeps = PoolApiDeps & Pick<PoolAppOptions, 'log' | 'version'>;

async function listenOnSocket(stack: AsyncDisposableStack, deps: PeopleSideDeps, path: string): Promise<void> {
  await freeSocketPath(path);
  const app = poolApp({ ...deps, hosts: undefined, trusts: { name: 'root', role: 'admin' } });
  stack.defer(() => app.close());
  await app.listen({ path });
  await closeToOthers(path);
}

/** How people may call this head: by its names, and by addresses that machines do not reach. @throws ReconError `usage` for one of the private side */
function hostsOf({ names }: Pick<PeopleSideOptions, 'names'>, listen: ListenAddress, inside: string): string[] {
  const others = listen.address === undefined ? addressesBut(inside) : [listen.address];
  return [...new Set([...names, ...others, ownHostName(), 'localhost', '127.0.0.1', '::1'])];
}

async function certificateOf(
  { certificate: files, certificateEveryMs: everyMs = CERTIFICATE_EVERY_MS }: PeopleSideOptions,
  names: readonly string[],
  { stateDirectory, log }: PeopleSideParts,
): Promise<PeopleCertificate> {
  return peopleCertificate(join(stateDirectory, 'tls'), { files, names, log, now: () => new Date(), everyMs });
}

async function listenOnHttps(
  stack: AsyncDisposableStack,
  deps: PeopleSideDeps,
  {
    hosts,
    certificate,
    page,
    listen,
    names,
  }: Pick<PeopleSideOptions, 'page' | 'names'> & {
    listen: ListenAddress;
    hosts: string[];
    certificate: PeopleCertificate;
  },
  { machinesSide, stateDirectory }: PeopleSideParts,
): Promise<{ url: string }> {
  const { isPrivate, isMachine } = machinesAddresses(machinesSide);
  if (listen.address !== undefined && isPrivate(listen.address)) throw onPrivateSide(listen.address, machinesSide.interface);
  const { cert, key, names: certified } = certificate.current();
  const url = httpsUrl(names[0] ?? certified.find((name) => name.includes('.')) ?? hosts[0] ?? 'localhost', listen.port);
  const app = poolApp({ ...deps, hosts: [...hosts, ...certified], tls: { cert, key }, ...definedOnly({ page }) });
  stack.defer(() => app.close());
  // before a byte of TLS: who is on the machines' side, or reaches the head there, meets nobody here
  app.server.on('connection', (socket) => {
    if (isPrivate(plainAddress(socket.localAddress ?? '')) || isMachine(plainAddress(socket.remoteAddress ?? ''))) socket.destroy();
  });
  await listenAt(app, listen);
  // for commands on this machine that tell people where to go
  const tell = ({ fingerprint }: ServerCertificate): Promise<void> =>
    writeAtomic(join(stateDirectory, 'people-side.json'), `${JSON.stringify({ url, fingerprint })}\n`);
  await tell(certificate.current());
  stack.use(
    certificate.follow(async (other) => {
      replaceCertificate(app.server, other);
      await tell(other);
    }),
  );
  return { url };
}

/** Addresses of the private side as they are now, whatever its interface was given since the start; and those of machines there. */
function machinesAddresses({ interface: name, subnet, address }: PeopleSideParts['machinesSide']): {
  isPrivate: (reached: string) => boolean;
  isMachine: (asking: string) => boolean;
} {
  const inside: SubnetSet = subnetSet([subnet]);
  const isMachine = (asking: string): boolean => isIpAddress(asking) && inside.contains(asking);
  return {
    isMachine,
    isPrivate: (reached) => reached === address || isMachine(reached) || /^fe[89ab]/i.test(reached) || addressesOf(name).includes(reached),
  };
}

async function listenAt(app: FastifyInstance, { address, port }: ListenAddress): Promise<void> {
  try {
    if (address === undefined) await listenEverywhere(app, port);
    else await app.listen({ host: address, port });
  } catch (cause) {
    throw new ReconError('busy', `HTTPS port ${port} cannot be used: ${messageOf(cause)}`, {
      cause,
      hint: 'Name another one: --people-listen 8443',
    });
  }
}

function onPrivateSide(address: string, interfaceName: string): ReconError {
  return new ReconError('usage', `${address} is an address of ${interfaceName}, where the machines are`, {
    hint: 'People come in on another interface, or over the socket on this machine.',
  });
}

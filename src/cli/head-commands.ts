import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { HEAD_PLACES } from '../domain/pool/head-places.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { PageParts } from '../domain/web-page.ts';
import type { Log } from '../platform/log.ts';
import type { PeopleSideOptions } from '../pool/public/people-side.ts';
import { addHeadInstallCommands, type HeadInstallDeps } from './head-install-commands.ts';
import { withUnsaidOptions } from './unsaid-options.ts';

export interface HeadCommandsDeps extends HeadInstallDeps {
  version: string;
}

interface ServeOptions {
  pool: string;
  images: string;
  state: string;
  interface?: string;
  loaders: string;
  secrets: string;
  reconUrl?: string;
  port: number;
  peopleListen: string;
  peopleName: string[];
  certificate?: string;
  key?: string;
  socket: string;
  users: string;
}

/** A server with two networks that makes a room of diskless machines boot. */
export function addHeadCommands(program: Command, deps: HeadCommandsDeps): void {
  const { version, log, takeSignal } = deps;
  const head = program.command('head').description('a head node: a server that diskless machines boot from');
  addHeadInstallCommands(head, deps);
  head
    .command('serve')
    .description('serve the machines of a pool on its private side, and people over HTTPS on every other one, until it is ended')
    .option('--interface <name>', 'the private interface; the pool has a network on it')
    .option('--settings <file>', 'what is not said here, from the head.yaml that an installed head has')
    .option('--pool <folder>', 'the folder of the pool', HEAD_PLACES.pool)
    .option('--images <folder>', 'the images, each version in NAME/VERSION/', HEAD_PLACES.images)
    .option('--state <folder>', 'what was seen, and accepted revisions', HEAD_PLACES.state)
    .option('--secrets <folder>', 'files that only a token opens, laid out as files/ of the pool', HEAD_PLACES.secrets)
    .option('--loaders <folder>', 'boot loaders: undionly.kpxe, snponly.efi, ipxe-arm64.efi', HEAD_PLACES.loaders)
    .option('--recon-url <url>', 'first script of an inventory image, for the profile recon')
    .option('--port <number>', 'HTTP port of the private side', Number, 80)
    .option('--people-listen <address:port>', 'HTTPS for page and API: PORT, ADDRESS:PORT or none; never on the private side', '443')
    .option('--people-name <name>', 'another name or address by which people call this head; may be repeated', collected, [])
    .option('--certificate <file>', "your own certificate, PEM, with its chain; without it one is made in the state's folder")
    .option('--key <file>', 'its key, PEM')
    .option('--socket <path>', 'socket for commands on this machine; who may open it, root, needs no token', HEAD_PLACES.socket)
    .option('--users <file>', 'users and tokens, mode 0600', HEAD_PLACES.users)
    .addHelpText(
      'after',
      `
DHCP is answered only while nobody else does on that side: a foreign server silences it, and is named.
A folder that is broken is told with file and line, and the last good revision serves meanwhile.
While nobody can sign in, each start prints a link that sets the first password, once and within 30 minutes.

Examples:
  recon head serve --interface eth1
  recon head serve --interface eth1 --pool ./pool --images ./images --state ./state --people-listen 8443`,
    )
    .action(async ({ settings }: { settings?: string }, command: Command) => {
      const { pool, images, state, loaders, secrets, reconUrl, port, interface: name, ...rest } = await serveOptions(command, settings);
      if (name === undefined) throw new ReconError('usage', 'which interface is the private side?', { hint: '--interface eth1' });
      const people = { ...(await peopleOptions(rest, version)), ...definedOnly({ page: await pageOf(log) }) };
      const signal = takeSignal();
      const { startHead } = await import('../pool/head/start-head.ts');
      const running = await startHead({
        // dnsmasq is given them too, and runs elsewhere
        ...{
          poolDirectory: resolve(pool),
          imagesDirectory: resolve(images),
          stateDirectory: resolve(state),
          loaderDirectory: resolve(loaders),
        },
        ...{ interface: name, httpPort: port, people, log, secretsDirectory: resolve(secrets), ...definedOnly({ reconUrl }) },
      });
      log.info(`head node on ${name}, ${running.segment.address}: ${running.parts.store.state().pool.nodes.size} nodes`);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await running.stop();
    });
}

async function serveOptions(command: Command, settings: string | undefined): Promise<ServeOptions> {
  const { readHeadSettings } = await import('../pool/head/read-head-settings.ts');
  return withUnsaidOptions<ServeOptions>(command, settings === undefined ? {} : await readHeadSettings(settings));
}

async function peopleOptions(
  {
    peopleListen,
    peopleName,
    certificate,
    key,
    socket,
    users,
  }: Omit<ServeOptions, 'pool' | 'images' | 'state' | 'secrets' | 'interface' | 'loaders' | 'port'>,
  version: string,
): Promise<PeopleSideOptions> {
  const { parseListenAddress } = await import('../pool/public/listen-address.ts');
  if ((certificate === undefined) !== (key === undefined)) throw new ReconError('usage', '--certificate and --key go together');
  const files = certificate === undefined || key === undefined ? {} : { certificate: { certificate, key } };
  return { listen: parseListenAddress(peopleListen), names: peopleName, socketPath: socket, usersFile: users, version, ...files };
}

/** Machines boot without a page, too: where it cannot be made there is the API alone. */
async function pageOf(log: Log): Promise<PageParts | undefined> {
  const { poolPageParts } = await import('../bundle/pool-page.ts');
  return poolPageParts().catch((error: unknown) => {
    log.warn(`there is no page, only its API: ${messageOf(error)}`);
    return undefined;
  });
}

function collected(one: string, before: readonly string[]): string[] {
  return [...before, one];
}

import type { Command } from 'commander';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';

export interface HeadCommandsDeps {
  log: Log;
  /** from then on a signal to end is only told */
  takeSignal: () => AbortSignal;
}

interface ServeOptions {
  pool: string;
  images: string;
  state: string;
  interface: string;
  loaders: string;
  secrets?: string;
  reconUrl?: string;
  port: number;
}

/** A server with two networks that makes a room of diskless machines boot. */
export function addHeadCommands(program: Command, { log, takeSignal }: HeadCommandsDeps): void {
  const head = program.command('head').description('a head node: a server that diskless machines boot from');
  head
    .command('serve')
    .description('serve the machines of a pool on its private side: DHCP, DNS, TFTP and HTTP, until it is ended')
    .requiredOption('--interface <name>', 'the private interface; the pool has a network on it')
    .option('--pool <folder>', 'the folder of the pool', '/etc/recon/pool')
    .option('--images <folder>', 'the images, each version in NAME/VERSION/', '/srv/recon/images')
    .option('--state <folder>', 'what was seen, and accepted revisions', '/var/lib/recon')
    .option('--secrets <folder>', 'files that only a token opens, laid out as files/ of the pool')
    .option('--loaders <folder>', 'boot loaders: undionly.kpxe, snponly.efi, ipxe-arm64.efi', '/usr/lib/ipxe')
    .option('--recon-url <url>', 'first script of an inventory image, for the profile recon')
    .option('--port <number>', 'HTTP port of the private side', Number, 80)
    .addHelpText(
      'after',
      `
DHCP is answered only while nobody else does on that side: a foreign server silences it, and is named.
A folder that is broken is told with file and line, and the last good revision serves meanwhile.

Example:
  recon head serve --interface eth1 --pool ./pool --images ./images --state ./state`,
    )
    .action(async ({ pool, images, state, loaders, secrets, reconUrl, port, interface: name }: ServeOptions) => {
      const signal = takeSignal();
      const { startHead } = await import('../pool/head/start-head.ts');
      const running = await startHead({
        ...{ poolDirectory: pool, imagesDirectory: images, stateDirectory: state, loaderDirectory: loaders },
        ...{ interface: name, httpPort: port, log, ...definedOnly({ secretsDirectory: secrets, reconUrl }) },
      });
      log.info(`head node on ${name}, ${running.segment.address}: ${running.parts.store.state().pool.nodes.size} nodes`);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await running.stop();
    });
}

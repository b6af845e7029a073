import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import type { Log } from '../platform/log.ts';
import type { InstallWords } from '../pool/install/plan-install.ts';
import type { ServerCertificate } from '../pool/public/server-certificate.ts';

export interface HeadInstallDeps {
  /** for people */
  print: (text: string) => void;
  /** for programs */
  printData: (text: string) => void;
  log: Log;
  environment: Readonly<Record<string, string | undefined>>;
  /** the checkout, or where an installed program lies */
  repository: string;
  takeSignal: () => AbortSignal;
}

type InstallCall = InstallWords & { packages: boolean; images: boolean; certificate?: string; key?: string; json?: true };

/** A server becomes a head node, and stops being one. */
export function addHeadInstallCommands(head: Command, deps: HeadInstallDeps): void {
  addInstall(head, deps);
  addCheck(head, deps);
  addRemove(head, deps);
}

function addInstall(head: Command, deps: HeadInstallDeps): void {
  sides(head.command('install'))
    .description('make this server (Debian 12 or 13) a head node; run again, it goes on, or changes what is asked for differently')
    .option('--nat', 'machines reach the world through this head; without it they have no way out')
    .option('--certificate <file>', 'your own for the page, PEM, with its chain; a copy is taken. Without one the head makes one itself')
    .option('--key <file>', 'its key, PEM, without a passphrase')
    .option('--no-packages', 'bring no packages; what is missing is said')
    .option('--no-images', 'build no images now; recon image build does it later')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
It checks first and changes nothing when something is in the way. Each step says what it did, or that it was so already.
Building images takes minutes; the head serves meanwhile. A pool that is there is never changed.
Exit codes: 0 done, 1 a step failed, 2 something is in the way, 3 there was nothing to do.

Example:
  recon head install --private eth1 --public eth0 --nat`,
    )
    .action(async (options: InstallCall) => install(options, deps));
}

function addCheck(head: Command, { print, printData, log, repository, environment }: HeadInstallDeps): void {
  sides(head.command('check'))
    .description('all that is in the way of a head node: ports, other DHCP servers, firewall, disk, clock, loaders, programs, images')
    .option('--nat', 'look at the way out, too')
    .option('--json', 'for programs')
    .addHelpText('after', '\nIt changes nothing, and exits with 1 when something is wrong. Example:\n  recon head check --private eth1')
    .action(async ({ json, ...words }: InstallWords & { json?: true }) => {
      const { requireRoot } = await import('../pool/install/install-head.ts');
      requireRoot('check');
      const { planInstall } = await import('../pool/install/plan-install.ts');
      const { checkHead } = await import('../pool/install/check/check-head.ts');
      const { faultsText } = await import('../pool/install/check/faults-text.ts');
      const { isFault } = await import('../pool/install/check/head-fault.ts');
      const { changedMachine } = await import('../pool/install/machine/head-machine.ts');
      const plan = await planInstall(words);
      const options = { programMadeAt: await madeAt(repository), builds: false, installsPackages: true };
      const faults = await checkHead({
        plan,
        machine: await changedMachine(environment['PATH']),
        ...options,
        say: (text) => log.info(text),
      });
      if (json) printData(jsonText({ interface: plan.private, subnet: plan.subnet, faults }));
      else print(faultsText(faults));
      if (faults.some(isFault)) process.exitCode = 1;
    });
}

function addRemove(head: Command, { print, printData, log, environment }: HeadInstallDeps): void {
  head
    .command('remove')
    .description('take away what an install added: units, user, way out, interface file, program; pool, images and state stay')
    .option('--json', 'for programs')
    .addHelpText('after', '\nPackages stay. It exits with 3 when there was nothing. Example:\n  recon head remove')
    .action(async ({ json }: { json?: true }) => {
      const { requireRoot } = await import('../pool/install/install-head.ts');
      requireRoot('remove');
      const { installedHead, keptPlaces, removeHead } = await import('../pool/install/remove-head.ts');
      const { changedMachine } = await import('../pool/install/machine/head-machine.ts');
      const found = await installedHead();
      const kept = keptPlaces(found);
      const removed = await removeHead(await changedMachine(environment['PATH']), log, found);
      if (json) printData(jsonText({ removed, kept }));
      else
        print(
          `${removed.length === 0 ? 'This server was no head node.' : 'This server is no head node any more.'} Kept: ${kept.join(', ')}\n`,
        );
      if (removed.length === 0) throw new ReconError('nothing-to-do', 'there was nothing to take away');
    });
}

async function install({ packages, images, json, certificate, key, ...words }: InstallCall, deps: HeadInstallDeps): Promise<void> {
  const { installHead, requireRoot } = await import('../pool/install/install-head.ts');
  requireRoot('install');
  const { planInstall } = await import('../pool/install/plan-install.ts');
  const { installedText } = await import('../pool/install/installed-text.ts');
  const { changedMachine } = await import('../pool/install/machine/head-machine.ts');
  const { log, repository, environment } = deps;
  const plan = await planInstall(words);
  const given = await givenCertificate({ certificate, key });
  const machine = await changedMachine(environment['PATH']);
  const installed = await installHead({
    ...{ plan, machine, log, repository, environment, signal: deps.takeSignal() },
    ...{ programMadeAt: await madeAt(repository), bringsPackages: packages, buildsImages: images },
    ...definedOnly({ certificate: given }),
  });
  if (json) deps.printData(jsonText({ plan, ...installed }));
  else deps.print(installedText(installed, plan));
  if (installed.steps.some(({ changed }) => changed)) return;
  throw new ReconError('nothing-to-do', 'this server is a head node already, as asked for: nothing was changed');
}

/** Read before anything is changed. @throws ReconError `usage` for one without the other, and for files that do not belong together */
async function givenCertificate({
  certificate,
  key,
}: Partial<Record<'certificate' | 'key', string | undefined>>): Promise<ServerCertificate | undefined> {
  if ((certificate === undefined) !== (key === undefined)) throw new ReconError('usage', '--certificate and --key go together');
  if (certificate === undefined || key === undefined) return undefined;
  const { readCertificate } = await import('../pool/public/server-certificate.ts');
  return readCertificate({ certificate, key });
}

function sides(command: Command): Command {
  return command
    .option('--private <interface>', 'the interface that the diskless machines hang on')
    .option('--public <interface>', 'the interface of people and of the world; nothing is ever served to machines there')
    .option('--subnet <subnet>', 'of the private side (default: that of the pool, or 10.10.0.0/16)')
    .option('--domain <domain>', 'of the machines (default: that of the pool, or cluster.internal)');
}

async function madeAt(repository: string): Promise<Date> {
  return (await stat(join(repository, 'src/main.ts'))).mtime;
}

function jsonText(value: object): string {
  return `${plainJson(value, 2)}\n`;
}

import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { FinishedBuild } from '../builder/finished-build.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';

export interface LabCommandsDeps {
  log: Log;
  /** the checkout */
  repository: string;
}

/** At the workstation: the rehearsals with an image, in virtual machines. */
export function addLabCommands(program: Command, deps: LabCommandsDeps): void {
  addLab(program, deps);
  addYank(program, deps);
  addMatrix(program, deps);
}

function addLab(program: Command, deps: LabCommandsDeps): void {
  rehearsal(program, 'lab', 'disks, logs and captures of the run')
    .description('rehearse a visit: master and peers as virtual machines, checked from outside')
    .option(
      '--pool',
      'rehearse the boot pool instead: a head node, and diskless machines that boot the newest compute-debian-13 and failsafe',
      false,
    )
    .option('--short', 'one visit only, the stick neither pulled nor started in other ways; with --pool: one node and two controls', false)
    .option('--forms', 'with --pool: compute unpacked in RAM, and out of its ramdisk; builds both', false)
    .option('--server', 'with --pool: the head is a machine of its own, installed on a fresh Debian', false)
    .option('--install', 'rehearse the install mode instead: a stick is copied to one of three disks, and a master starts from that', false)
    .option('--media', 'rehearse three machines with the same CD instead: one becomes the master, the others its peers', false)
    .option('--arm64', 'rehearse the image of debian-13-arm64 instead: a master and a peer, emulated', false)
    .option('--images <folder>', 'with --pool: where the images are', '/srv/recon/images')
    .option('--loaders <folder>', 'with --pool: undionly.kpxe and snponly.efi', '/usr/lib/ipxe')
    .action(
      async ({
        pool,
        install,
        media,
        arm64,
        short,
        forms,
        server,
        images,
        loaders,
        ...options
      }: RehearsalOptions & PoolRehearsalOptions) => {
        if (install) {
          const { rehearseInstall } = await import('../lab/install/rehearse-install.ts');
          const { installIsoPath } = await import('../builder/virtual.ts');
          const input = await rehearsalInput('install', options, deps);
          return rehearseInstall({ ...input, installIsoPath: installIsoPath(input.image.isoPath) });
        }
        if (media) {
          const { rehearseMedia } = await import('../lab/media/rehearse-media.ts');
          return rehearseMedia(await rehearsalInput('media', options, deps));
        }
        if (arm64) {
          const { rehearseForeign } = await import('../lab/foreign/rehearse-foreign.ts');
          return rehearseForeign(await rehearsalInput('arm64', { ...options, recipe: 'debian-13-arm64' }, deps));
        }
        if (pool) return rehearsePool({ short, forms, server, images, loaders, ...options }, deps);
        const { runLab } = await import('../lab/run-lab.ts');
        await runLab({ ...(await rehearsalInput('lab', options, deps)), play: short ? 'short' : 'whole' });
      },
    );
}

async function rehearsePool(
  { short, forms, server, images, loaders, keep, accel, work }: Omit<PoolRehearsalOptions, OtherPlay> & RehearsalOptions,
  deps: LabCommandsDeps,
): Promise<void> {
  const { runPoolLab } = await import('../lab/pool/run-pool-lab.ts');
  const play = server ? 'server' : forms ? 'forms' : short ? 'short' : 'long';
  const { repository, log } = deps;
  const places = { images: resolve(images), loaders: resolve(loaders), workDir: workDirectory('pool', work, deps) };
  await runPoolLab({ ...places, repository, accel, keep, play, log });
}

type OtherPlay = 'pool' | 'install' | 'media' | 'arm64';

function addYank(program: Command, deps: LabCommandsDeps): void {
  rehearsal(program, 'yank', 'the log of all writes')
    .description('rehearse the pulled stick: at many moments of a visit, and after each next start no acknowledged record may be missing')
    .option('--yanks <number>', 'how many moments', momentCount)
    .option('--seed <word>', 'another word, other moments')
    .action(async ({ yanks, seed, ...options }: RehearsalOptions & { yanks?: number; seed?: string }) => {
      const { LONG_PLAN, rehearseYanks } = await import('../lab/yank/rehearse-yanks.ts');
      const plan = { ...LONG_PLAN, ...definedOnly({ yanks, seed }) };
      await rehearseYanks({ ...(await rehearsalInput('yank', options, deps)), plan });
    });
}

function addMatrix(program: Command, deps: LabCommandsDeps): void {
  rehearsal(program, 'matrix', 'disks, logs of writes and consoles')
    .description(
      'rehearse what must not happen to disks: 24 kinds on five buses stay untouched, and each guard that is taken away is missed',
    )
    .addOption(new Option('--part <name>', 'only this part').choices(['peer', 'master', 'guards']))
    .action(async ({ part, ...options }: RehearsalOptions & { part?: 'peer' | 'master' | 'guards' }) => {
      const { rehearseMatrix } = await import('../lab/matrix/rehearse-matrix.ts');
      const { buildPaths } = await import('../builder/image/paths.ts');
      const packageCache = join(buildPaths(deps.repository, options.recipe).cache, 'packages/apt-get/archives');
      const parts = part === undefined ? undefined : [part];
      await rehearseMatrix({ ...(await rehearsalInput('matrix', options, deps)), packageCache, ...definedOnly({ parts }) });
    });
}

interface RehearsalOptions {
  recipe: string;
  keep: boolean;
  work?: string;
  accel?: 'kvm' | 'tcg';
}

/** A command with what every rehearsal can be told. `kept`: what `--keep` keeps. */
function rehearsal(program: Command, name: string, kept: string): Command {
  return program
    .command(name)
    .option('--recipe <name>', 'whose image to use', 'debian-13')
    .option('--keep', `keep ${kept}`, false)
    .option('--work <directory>', `where they go (default: builds/.${name}/<time>)`)
    .addOption(new Option('--accel <kind>', 'how to run the machines (default: KVM when it works)').choices(['kvm', 'tcg']));
}

interface PoolRehearsalOptions {
  pool: boolean;
  install: boolean;
  media: boolean;
  arm64: boolean;
  short: boolean;
  forms: boolean;
  server: boolean;
  images: string;
  loaders: string;
}

interface RehearsalInput extends Pick<RehearsalOptions, 'keep' | 'accel'> {
  image: FinishedBuild;
  workDir: string;
  log: Log;
}

async function rehearsalInput(
  name: string,
  { recipe, keep, work, accel }: RehearsalOptions,
  { repository, log }: LabCommandsDeps,
): Promise<RehearsalInput> {
  const { finishedBuild } = await import('../builder/finished-build.ts');
  const { buildPaths } = await import('../builder/image/paths.ts');
  const image = await finishedBuild(buildPaths(repository, recipe), recipe);
  return { image, workDir: workDirectory(name, work, { repository }), keep, log, ...definedOnly({ accel }) };
}

function workDirectory(name: string, given: string | undefined, { repository }: Pick<LabCommandsDeps, 'repository'>): string {
  return given ?? join(repository, `builds/.${name}`, new Date().toISOString().replaceAll(/[:.]/g, '-'));
}

function momentCount(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('How many moments? A whole number from 1 to 99999.');
  return Number(text);
}

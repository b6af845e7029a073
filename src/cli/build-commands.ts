import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';

export interface BuildCommandsDeps {
  log: Log;
  print: (text: string) => void;
  environment: Readonly<Record<string, string | undefined>>;
  /** the checkout */
  repository: string;
}

/** At the workstation: images, and the rehearsals with one of them. */
export function addBuildCommands(program: Command, deps: BuildCommandsDeps): void {
  addRecipe(program, deps);
  addLab(program, deps);
  addYank(program, deps);
  addMatrix(program, deps);
}

function addRecipe(program: Command, deps: BuildCommandsDeps): void {
  program
    .command('recipe [recipe] [target]')
    .description('build an image; the same as ./make-recipe-target')
    .addOption(new Option('--host-sets', 'print the sets of .ci/prepare-host that it needs, and make nothing').hideHelp())
    .action(async (recipe: string | undefined, target: string | undefined, options: { hostSets?: true }) => {
      if (options.hostSets) {
        const { hostSets } = await import('../builder/host-sets.ts');
        return deps.print(`${(await hostSets(deps.repository, recipe, target)).join(' ')}\n`);
      }
      const { makeTarget } = await import('../builder/make-target.ts');
      await makeTarget({ ...deps, recipe, target });
    });
}

function addLab(program: Command, { repository, log }: BuildCommandsDeps): void {
  program
    .command('lab')
    .description('rehearse a visit: master and peers as virtual machines, checked from outside')
    .option('--recipe <name>', 'whose image to use', 'debian-13')
    .option('--keep', 'keep disks, logs and captures of the run', false)
    .option('--work <directory>', 'where they go (default: builds/.lab/<time>)')
    .addOption(new Option('--accel <kind>', 'how to run the machines (default: KVM when it works)').choices(['kvm', 'tcg']))
    .action(async ({ recipe, keep, work, accel }: { recipe: string; keep: boolean; work?: string; accel?: 'kvm' | 'tcg' }) => {
      const { finishedBuild } = await import('../builder/finished-build.ts');
      const { buildPaths } = await import('../builder/image/paths.ts');
      const { runLab } = await import('../lab/run-lab.ts');
      const image = await finishedBuild(buildPaths(repository, recipe), recipe);
      const workDir = work ?? join(repository, 'builds/.lab', new Date().toISOString().replaceAll(/[:.]/g, '-'));
      await runLab({ image, workDir, keep, log, ...definedOnly({ accel }) });
    });
}

function addYank(program: Command, { repository, log }: BuildCommandsDeps): void {
  program
    .command('yank')
    .description('rehearse the pulled stick: at many moments of a visit, and after each next start no acknowledged record may be missing')
    .option('--recipe <name>', 'whose image to use', 'debian-13')
    .option('--yanks <number>', 'how many moments', Number)
    .option('--seed <word>', 'another word, other moments')
    .option('--keep', 'keep the log of all writes', false)
    .option('--work <directory>', 'where it goes (default: builds/.yank/<time>)')
    .addOption(new Option('--accel <kind>', 'how to run the machine (default: KVM when it works)').choices(['kvm', 'tcg']))
    .action(async (options: { recipe: string; yanks?: number; seed?: string; keep: boolean; work?: string; accel?: 'kvm' | 'tcg' }) => {
      const { recipe, yanks, seed, keep, work, accel } = options;
      const { finishedBuild } = await import('../builder/finished-build.ts');
      const { buildPaths } = await import('../builder/image/paths.ts');
      const { LONG_PLAN, rehearseYanks } = await import('../lab/yank/rehearse-yanks.ts');
      const image = await finishedBuild(buildPaths(repository, recipe), recipe);
      const workDir = work ?? join(repository, 'builds/.yank', new Date().toISOString().replaceAll(/[:.]/g, '-'));
      const plan = { ...LONG_PLAN, ...definedOnly({ yanks, seed }) };
      await rehearseYanks({ image, workDir, keep, plan, log, ...definedOnly({ accel }) });
    });
}

function addMatrix(program: Command, { repository, log }: BuildCommandsDeps): void {
  program
    .command('matrix')
    .description(
      'rehearse what must not happen to disks: 24 kinds on five buses stay untouched, and each guard that is taken away is missed',
    )
    .option('--recipe <name>', 'whose image to use', 'debian-13')
    .addOption(new Option('--part <name>', 'only this part').choices(['peer', 'master', 'guards']))
    .option('--keep', 'keep disks, logs of writes and consoles', false)
    .option('--work <directory>', 'where they go (default: builds/.matrix/<time>)')
    .addOption(new Option('--accel <kind>', 'how to run the machine (default: KVM when it works)').choices(['kvm', 'tcg']))
    .action(
      async (options: { recipe: string; part?: 'peer' | 'master' | 'guards'; keep: boolean; work?: string; accel?: 'kvm' | 'tcg' }) => {
        const { recipe, part, keep, work, accel } = options;
        const { finishedBuild } = await import('../builder/finished-build.ts');
        const { buildPaths } = await import('../builder/image/paths.ts');
        const { rehearseMatrix } = await import('../lab/matrix/rehearse-matrix.ts');
        const paths = buildPaths(repository, recipe);
        const image = await finishedBuild(paths, recipe);
        const workDir = work ?? join(repository, 'builds/.matrix', new Date().toISOString().replaceAll(/[:.]/g, '-'));
        const packageCache = join(paths.cache, 'packages/apt-get/archives');
        await rehearseMatrix({
          image,
          packageCache,
          workDir,
          keep,
          log,
          ...definedOnly({ accel, parts: part === undefined ? undefined : [part] }),
        });
      },
    );
}

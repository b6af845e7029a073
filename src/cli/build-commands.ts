import { type Command, Option } from 'commander';
import type { Log } from '../platform/log.ts';

export interface BuildCommandsDeps {
  log: Log;
  print: (text: string) => void;
  environment: Readonly<Record<string, string | undefined>>;
  /** the checkout */
  repository: string;
}

/** At the workstation: images. */
export function addBuildCommands(program: Command, deps: BuildCommandsDeps): void {
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
  program
    .command('doctor [recipe]')
    .description(
      'look in a few seconds whether an image can be built here, and say what to do; the same as ./make-recipe-target RECIPE check',
    )
    .action(async (recipe: string | undefined) => {
      const { makeTarget } = await import('../builder/make-target.ts');
      await makeTarget({ ...deps, recipe: recipe ?? 'debian-13', target: 'check' });
    });
}

import { join } from 'node:path';

/** Where a build reads and writes. */
export interface BuildPaths {
  /** the checkout */
  repository: string;
  /** recipes/<name> */
  recipe: string;
  overlay: string;
  /** builds/<name> */
  output: string;
  /** builds/.cache/<name>: prepared roots and packages; survives `clean` of another recipe */
  cache: string;
  /** builds/<name>/.work: gone after the build */
  work: string;
  log: string;
  /** builds/.<name>.lock: whoever writes into `output` holds it */
  lock: string;
}

/** KIWI's own cache, with the archives of all packages. */
export function packageCache({ cache }: Pick<BuildPaths, 'cache'>): string {
  return join(cache, 'packages');
}

export function buildPaths(repository: string, recipeName: string): BuildPaths {
  const output = join(repository, 'builds', recipeName);
  return {
    repository,
    recipe: join(repository, 'recipes', recipeName),
    overlay: join(repository, 'overlay'),
    output,
    cache: join(repository, 'builds', '.cache', recipeName),
    work: join(output, '.work'),
    log: join(output, 'build.log'),
    lock: join(repository, 'builds', `.${recipeName}.lock`),
  };
}

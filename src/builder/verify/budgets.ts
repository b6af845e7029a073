import type { RecipeBudgets } from '../../domain/recipe.ts';

/** What an image consists of, in bytes. */
export interface PartSizes extends Record<keyof RecipeBudgets, number> {}

/** A file in a root or an initrd. */
export interface PackedFile {
  path: string;
  sizeBytes: number;
}

const WORDS = {
  kernel: 'the kernel',
  initrd: 'the initrd',
  drivers: 'the archive of rare drivers',
  rootImage: 'the root image',
  isoWithoutData: 'the ISO without its data partition',
};
const MB = 1_000_000;
const SHOWN = 10;

/**
 * Which parts of an image are larger than the recipe allows; each says what fills it. `filesOf` lists what is in a part, where that can be told.
 * Every peer fetches kernel, initrd and root image, and keeps the root image in RAM.
 */
export async function budgetFaults(
  sizes: PartSizes,
  budgets: RecipeBudgets | undefined,
  filesOf: (part: keyof RecipeBudgets) => Promise<readonly PackedFile[]>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const part of Object.keys(budgets ?? {}) as (keyof RecipeBudgets)[]) {
    const allowed = budgets?.[part] ?? Number.POSITIVE_INFINITY;
    if (sizes[part] <= allowed * MB) continue;
    const largest = largestParts(await filesOf(part)).map(({ path, sizeBytes }) => `      ${(sizeBytes / MB).toFixed(1)} MB ${path}`);
    const inIt = largest.length === 0 ? '' : `; the largest in it, unpacked:\n${largest.join('\n')}`;
    faults.push(`${WORDS[part]} has ${(sizes[part] / MB).toFixed(1)} MB, and may have ${allowed} (budgetsMb in recipe.json)${inIt}`);
  }
  return faults;
}

/** The ten largest: files of more than a megabyte by themselves, the others by folders of three names. Pure. */
export function largestParts(files: readonly PackedFile[]): PackedFile[] {
  const sums = new Map<string, number>();
  for (const { path, sizeBytes } of files) {
    const name = sizeBytes > MB ? path : `${path.split('/').slice(0, -1).slice(0, 3).join('/')}/…`;
    sums.set(name, (sums.get(name) ?? 0) + sizeBytes);
  }
  return [...sums]
    .map(([path, sizeBytes]) => ({ path, sizeBytes }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, SHOWN);
}

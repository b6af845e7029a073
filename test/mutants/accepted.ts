import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mutant } from './score.ts';

/** Survivors that nobody can kill, or not here, each under its reason: file → changes as the report prints them. */
const AcceptedList = z.array(z.strictObject({ reason: z.string().min(20), mutants: z.record(z.string(), z.array(z.string())) }));

const ROOT = join(import.meta.dirname, '../..');

export interface Accepted {
  /** why this mutant may live */
  reasonFor(mutant: Mutant): string | undefined;
  /** entries for these files that no mutant has any more, and those for files that are gone */
  stale(mutants: readonly Mutant[]): string[];
}

export async function readAccepted(path = join(import.meta.dirname, 'accepted.json')): Promise<Accepted> {
  const list = AcceptedList.parse(JSON.parse(await readFile(path, 'utf8')));
  const reasons = new Map<string, string>();
  for (const { reason, mutants } of list)
    for (const [file, changes] of Object.entries(mutants)) for (const change of changes) reasons.set(keyOf(file, change), reason);
  return {
    reasonFor: (mutant) => reasons.get(keyOf(mutant.path, mutant.change)),
    stale: (mutants) => {
      const files = new Set(mutants.map(({ path: file }) => file));
      const alive = new Set(mutants.map((mutant) => keyOf(mutant.path, mutant.change)));
      return [...reasons.keys()].filter((key) => {
        const [file = ''] = key.split('  ');
        return !existsSync(join(ROOT, file)) || (files.has(file) && !alive.has(key));
      });
    },
  };
}

function keyOf(path: string, change: string): string {
  return `${path}  ${change}`;
}

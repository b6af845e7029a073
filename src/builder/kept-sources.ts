import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { makeDirectory } from '../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { hashTree } from './image/inputs.ts';
import type { BuildPaths } from './image/paths.ts';
import type { BuildPlan } from './plan-build.ts';

/** What a build reads of a checkout, whole: more than it takes, and quicker to look at than to bundle. */
const READ = ['src', 'overlay', 'docs/boot.md', 'package-lock.json', 'node_modules/.package-lock.json', '.ci/in-tool-root'] as const;

/** sha256 over everything that a build is made from as it lies here, before any of it is bundled. */
export async function hashSources({ paths, ...plan }: BuildPlan): Promise<string> {
  const { configXml, profiles, sizeBytes, encryptTo, level, sourceDate } = plan;
  const settings = [configXml, profiles, sizeBytes, encryptTo ?? '', level, sourceDate ?? '', process.version];
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of [...READ.map((name) => join(paths.repository, name)), paths.recipe]) hash.update(`${await hashOf(path)} `);
  return hash.digest('hex');
}

/** The inputs of the image that was made from these sources; undefined when the last one was made from others. */
export async function inputsOfSources(paths: BuildPaths, sources: string): Promise<string | undefined> {
  const [kept, inputs] = (await readOrUndefined(join(paths.cache, FILE)))?.toString('utf8').split(' ') ?? [];
  return kept === sources ? inputs : undefined;
}

/** Not when they were edited meanwhile: what was bundled is then neither these nor those. */
export async function noteInputsOfSources(plan: BuildPlan, sources: string, inputs: string): Promise<void> {
  if ((await hashSources(plan)) !== sources) return;
  await makeDirectory(plan.paths.cache);
  await writeAtomic(join(plan.paths.cache, FILE), `${sources} ${inputs}`);
}

const FILE = 'sources';

async function hashOf(path: string): Promise<string> {
  const content = await readOrUndefined(path);
  if (content !== undefined) return createHash('sha256').update(content).digest('hex');
  return (await exists(path)) ? hashTree(path) : 'none';
}

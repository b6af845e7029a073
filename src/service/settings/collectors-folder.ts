import { join } from 'node:path';
import { COLLECTORS_DIRECTORY, COLLECTORS_MANIFEST } from '../../domain/collectors.ts';
import { COLLECTORS_LIST } from '../../peer/operator-collectors.ts';
import { installFile, setMode } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { readCollectors } from '../../settings/collectors-manifest.ts';

/** What came of the operator's folder of collectors. */
export interface KeptCollectors {
  names: string[];
  /** sentences with file and line; with any of them, no collector is used */
  mistakes: string[];
  /** files that the manifest does not run; they travel too, for those that it runs */
  unlisted: string[];
}

/**
 * Copies `collectors/` of the stick to a directory from which its programs can be run (FAT has no execute bit and the stick is mounted without),
 * with a list of what is to be run. `say`: what was mended in the copies.
 */
export async function keepCollectors(stick: string, to: string, say: (line: string) => void = () => {}): Promise<KeptCollectors> {
  await removePath(to);
  const { files, collectors, mistakes, said } = await readCollectors(stick);
  if (mistakes.length > 0 || files.length === 0) return { names: [], mistakes, unlisted: [] };
  await makeDirectory(to);
  for (const { name, mended } of files) {
    const [from, path] = [join(stick, COLLECTORS_DIRECTORY, name), join(to, name)];
    if (mended === undefined) await installFile(from, path, 0o755);
    else {
      await writeAtomic(path, mended);
      await setMode(path, 0o755);
    }
  }
  await writeAtomic(join(to, COLLECTORS_LIST), `${JSON.stringify(collectors, undefined, 2)}\n`);
  for (const line of said) say(line);
  const listed = new Set([COLLECTORS_MANIFEST, ...collectors.map(({ run }) => run)]);
  return {
    names: collectors.map(({ name }) => name),
    mistakes: [],
    unlisted: files.map(({ name }) => name).filter((name) => !listed.has(name)),
  };
}

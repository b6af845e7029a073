import { join } from 'node:path';
import { COLLECTORS_DIRECTORY, COLLECTORS_MANIFEST, type Collector, CollectorsManifest } from '../../domain/collectors.ts';
import { COLLECTORS_LIST } from '../../peer/operator-collectors.ts';
import { installFile } from '../../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { fileFacts } from '../../platform/files/file-reader.ts';
import { exists, readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { savedText } from '../../settings/saved-text.ts';
import { settingsFromText } from '../../settings/settings-text.ts';

const TIMEOUT_SECONDS = 60;
/** They travel to every peer and lie in its RAM. */
const ALL_CAP_BYTES = 64 * 1024 * 1024;

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
 * with a list of what is to be run. Without a manifest nothing is run, and if files are there that is a mistake.
 */
export async function keepCollectors(stick: string, to: string): Promise<KeptCollectors> {
  await removePath(to);
  const from = join(stick, COLLECTORS_DIRECTORY);
  const files = await filesIn(from);
  if (files.length === 0) return { names: [], mistakes: [], unlisted: [] };
  const where = `${COLLECTORS_DIRECTORY}/${COLLECTORS_MANIFEST}`;
  const manifest = await readOrUndefined(join(from, COLLECTORS_MANIFEST));
  if (manifest === undefined) return mistake(`${COLLECTORS_DIRECTORY}/ has programs, but no ${COLLECTORS_MANIFEST} that says what to run`);
  const parsed = settingsFromText(savedText(manifest).text, CollectorsManifest);
  if (parsed.outcome === 'wrong') {
    const mistakes = parsed.mistakes.map(
      ({ line, message, hint }) => `${where} line ${line}: ${message}${hint === undefined ? '' : `; ${hint}`}`,
    );
    return { names: [], mistakes, unlisted: [] };
  }
  const collectors = parsed.settings.collectors.map(
    ({ name, run, arguments: words = [], timeoutSeconds = TIMEOUT_SECONDS }): Collector => ({
      name,
      run,
      arguments: words,
      timeoutMs: timeoutSeconds * 1000,
    }),
  );
  const missing = collectors.find(({ run }) => !files.some((file) => file.name === run));
  if (missing !== undefined) return mistake(`${where}: ${missing.name}: there is no file ${missing.run} beside it`);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes > ALL_CAP_BYTES)
    return mistake(`${COLLECTORS_DIRECTORY}/ has ${sizeBytes} bytes; peers are given ${ALL_CAP_BYTES} at most`);
  await makeDirectory(to);
  for (const { name } of files) await installFile(join(from, name), join(to, name), 0o755);
  await writeAtomic(join(to, COLLECTORS_LIST), `${JSON.stringify(collectors, undefined, 2)}\n`);
  const listed = new Set([COLLECTORS_MANIFEST, ...collectors.map(({ run }) => run)]);
  return {
    names: collectors.map(({ name }) => name),
    mistakes: [],
    unlisted: files.map(({ name }) => name).filter((name) => !listed.has(name)),
  };
}

function mistake(sentence: string): KeptCollectors {
  return { names: [], mistakes: [sentence], unlisted: [] };
}

/** Files with odd names (`._run.sh` of a Mac, `Thumbs.db:x`) are no part of it. */
async function filesIn(directory: string): Promise<{ name: string; sizeBytes: number }[]> {
  const found: { name: string; sizeBytes: number }[] = [];
  for (const name of (await exists(directory)) ? await namesIn(directory) : []) {
    const facts = await fileFacts(join(directory, name));
    if (facts !== undefined && /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name)) found.push({ name, sizeBytes: facts.sizeBytes });
  }
  return found;
}

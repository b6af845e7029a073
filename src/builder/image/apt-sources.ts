import { join } from 'node:path';
import { namesIn } from '../../platform/files/directories.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';

const DIRECTORY = '/etc/apt/sources.list.d';

/** The texts of the building host's apt sources, the file first. */
export async function aptSources(): Promise<string[]> {
  const names = (await exists(DIRECTORY)) ? (await namesIn(DIRECTORY)).filter((name) => /\.(list|sources)$/.test(name)) : [];
  const files = await Promise.all(['/etc/apt/sources.list', ...names.map((name) => join(DIRECTORY, name))].map(readOrUndefined));
  return files.filter((file) => file !== undefined).map((file) => file.toString('utf8'));
}

import { join } from 'node:path';
import { namesIn } from '../../platform/files/directories.ts';
import { fileFacts } from '../../platform/files/file-reader.ts';
import { errorCode } from '../../platform/files/files.ts';

/** Names and sizes of a directory's visible files that match; empty when there is no such directory. Sorted by name. */
export async function filesIn(directory: string, pattern: RegExp): Promise<{ name: string; sizeBytes: number }[]> {
  const names = await namesIn(directory).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files: { name: string; sizeBytes: number }[] = [];
  for (const name of names.filter((one) => !one.startsWith('.') && pattern.test(one)).sort()) {
    const facts = await fileFacts(join(directory, name));
    if (facts !== undefined) files.push({ name, sizeBytes: facts.sizeBytes });
  }
  return files;
}

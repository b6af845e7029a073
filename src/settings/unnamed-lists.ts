import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SITE_SETTINGS_FILE } from '../domain/site-settings.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { readExpectedList } from './expected-csv.ts';

/** More than any list of machines. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** A sentence for each list of machines that lies in the root of the stick and that recon.yaml does not name: who put it there means it to be read. */
export async function unnamedLists(directory: string): Promise<string[]> {
  const names = (await readdir(directory).catch((): string[] => [])).filter((name) => /^[^.].*\.(?:csv|tsv)$/i.test(name)).sort();
  const said: string[] = [];
  for (const name of names) {
    const bytes = await readOrUndefined(join(directory, name));
    if (bytes === undefined || bytes.length > LARGEST_BYTES) continue;
    const list = readExpectedList(bytes);
    if (list.machines.length === 0) continue;
    const many = list.mistakes.length === 0 ? list.said : 'a list of machines, with mistakes';
    said.push(
      `${name} (${many}) is not read: ${SITE_SETTINGS_FILE} does not name it; write there "expected:" and below it, indented, "file: ${name}"`,
    );
  }
  return said;
}

import { join } from 'node:path';
import { SITE_SETTINGS_FILE } from '../../domain/site-settings.ts';
import { siteSettingsTemplate } from '../../domain/site-settings-template.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { dataPartitionReadme } from './data-partition-readme.ts';

/** What a new data partition holds: its name there → the file that it is now, in `directory`. `encryptTo`: public key of age. */
export async function dataFiles(directory: string, encryptTo: string | undefined): Promise<Map<string, string>> {
  const contents = { [SITE_SETTINGS_FILE]: siteSettingsTemplate(definedOnly({ encryptTo })), 'README.txt': dataPartitionReadme() };
  const paths = new Map(Object.keys(contents).map((name) => [name, join(directory, `data-${name}`)]));
  for (const [name, text] of Object.entries(contents)) await writeAtomic(paths.get(name) ?? '', text);
  return paths;
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SITE_SETTINGS_FILE, SiteSettings } from '../domain/site-settings.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { readExpectedList } from './expected-csv.ts';
import type { SettingsMistake } from './mistake.ts';
import { savedText } from './saved-text.ts';
import { settingsFromText } from './settings-text.ts';
import { unnamedLists } from './unnamed-lists.ts';

/** What the stick says about this visit. `expected.file` is read already: its machines are in `expected.machines`. */
export type SiteSettingsOutcome =
  | { outcome: 'none' }
  | { outcome: 'read'; settings: SiteSettings }
  /** each a sentence with file and line */
  | { outcome: 'wrong'; mistakes: string[] };

/** More than any list of machines; a file of another kind must not fill the RAM. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/** Reads `recon.yaml` and what it names from the root of RECONDATA. Never guesses: what is not understood is a mistake with its line. `say`: what a person should know of how it was read. */
export async function readSiteSettings(directory: string, say: (line: string) => void = () => {}): Promise<SiteSettingsOutcome> {
  const names = await readdir(directory).catch((): string[] => []);
  const name = names.find((one) => one.toLowerCase() === SITE_SETTINGS_FILE);
  const alike = names.filter((one) => /^recon\.(ya?ml)(\.txt)?$/i.test(one) && one !== name);
  if (name === undefined) {
    if (alike[0] === undefined) for (const line of await unnamedLists(directory)) say(line);
    return alike[0] === undefined ? { outcome: 'none' } : wrong(`${alike[0]}: the settings file must be called ${SITE_SETTINGS_FILE}`);
  }
  if (alike.length > 0) return wrong(`${alike.join(', ')}: beside ${name} only one may be there; which one is meant?`);
  const bytes = await readBytes(directory, name);
  if (bytes === undefined) return wrong(`${name} cannot be read, or is larger than ${LARGEST_BYTES} bytes`);
  const { text, encoding } = savedText(bytes);
  if (encoding !== undefined) say(`${name} is read as ${encoding}: save it as UTF-8 if a word looks odd`);
  const parsed = settingsFromText(text, SiteSettings);
  if (parsed.outcome === 'wrong') return { outcome: 'wrong', mistakes: parsed.mistakes.map((mistake) => sentence(name, mistake)) };
  const missingTools = await missingOf(directory, parsed.settings.tools ?? []);
  if (missingTools.length > 0) return wrong(`${name}: tools: ${missingTools.join(', ')} not found in the folder tools/ beside it`);
  return withExpectedFile(directory, name, parsed.settings, say);
}

function wrong(mistake: string): SiteSettingsOutcome {
  return { outcome: 'wrong', mistakes: [mistake] };
}

function sentence(file: string, { line, message, hint }: SettingsMistake): string {
  return `${file} line ${line}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
}

async function missingOf(directory: string, tools: readonly string[]): Promise<string[]> {
  const there = await readdir(join(directory, 'tools')).catch((): string[] => []);
  return tools.filter((tool) => !there.includes(tool));
}

async function withExpectedFile(
  directory: string,
  name: string,
  settings: SiteSettings,
  say: (line: string) => void,
): Promise<SiteSettingsOutcome> {
  const file = settings.expected?.file;
  if (file === undefined) {
    if (settings.expected?.machines === undefined) for (const line of await unnamedLists(directory)) say(line);
    return { outcome: 'read', settings };
  }
  const bytes = await readBytes(directory, file);
  if (bytes === undefined) return wrong(`${name}: expected.file: ${file} is not beside it, or larger than ${LARGEST_BYTES} bytes`);
  if (isWorkbook(bytes))
    return wrong(`${file}: this is a spreadsheet's own file and no list; save it there as CSV, and name that one in ${name}`);
  const { machines, mistakes, said } = readExpectedList(bytes);
  if (mistakes.length > 0) return { outcome: 'wrong', mistakes: mistakes.map((mistake) => sentence(file, mistake)) };
  const expected = { ...settings.expected, machines: [...(settings.expected?.machines ?? []), ...machines] };
  say(`${file}: ${said}`);
  return { outcome: 'read', settings: { ...settings, expected } };
}

/** A ZIP archive (.xlsx, .ods) or the older compound file (.xls), whatever it is called. */
function isWorkbook(bytes: Buffer): boolean {
  return bytes.length >= 4 && [0x504b0304, 0xd0cf11e0].includes(bytes.readUInt32BE(0));
}

async function readBytes(directory: string, name: string): Promise<Buffer | undefined> {
  const bytes = await readOrUndefined(join(directory, name));
  return bytes === undefined || bytes.length > LARGEST_BYTES ? undefined : bytes;
}

import { isMap, isScalar } from 'yaml';
import { ReconError } from '../domain/errors.ts';
import { cutEntries } from './cut-entries.ts';
import type { SettingPath } from './edit-text.ts';
import { keyText } from './flow-text.ts';
import { parsedYaml } from './parsed-yaml.ts';

/**
 * A file of settings with another key in the place of the last one of a path; everything else stays letter for letter. Pure.
 * @throws ReconError `usage` where the key stands in a way that cannot be changed alone
 */
export function withRenamedEntry(text: string, path: SettingPath, to: string): string {
  const cut = path.length > 2 ? undefined : cutEntries(text, path.length === 2 ? path[0] : undefined);
  const at = cut?.entries.findIndex(({ key }) => key === path.at(-1)) ?? -1;
  const own = cut?.entries[at];
  if (cut === undefined || own === undefined) return withOtherKey(text, path, to);
  const texts = cut.entries.map((entry) => entry.text);
  texts[at] = withOtherKey(own.text, [own.key], to);
  return [cut.head, ...texts, cut.tail].join('');
}

function withOtherKey(text: string, path: readonly string[], to: string): string {
  const document = parsedYaml(text);
  let map: unknown = document.contents;
  for (const part of path.slice(0, -1)) map = isMap(map) ? map.get(part) : undefined;
  const last = path.at(-1);
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && (key.value === last || String(key.value) === last)) : undefined;
  const [start, end] = (isScalar(pair?.key) ? pair.key.range : undefined) ?? [];
  if (document.errors.length > 0 || start === undefined || end === undefined)
    throw new ReconError('usage', `${path.join('.')} cannot be renamed in this file`, { hint: 'Edit the file by hand.' });
  return `${text.slice(0, start)}${keyText(to)}${text.slice(end)}`;
}

import { ReconError } from '../../domain/errors.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';

/** The words of `recon node set`, and what they are called in the pool's files. */
const LISTS: Readonly<Record<string, string>> = { macs: 'macs', mac: 'macs', groups: 'groups', group: 'groups', tags: 'tags', tag: 'tags' };
const VALUES = ['address', 'boot', 'once', 'serial', 'uuid', 'switch', 'port', 'note'] as const;

/**
 * Reads `address=10.10.0.7 groups=rack1,rack2 note=`: what is to change of a node; nothing behind `=` takes a value out.
 * @throws ReconError `usage`
 */
export function settingsFromWords(words: readonly string[]): Record<string, string | string[] | null> {
  const said = new Set<string>();
  return Object.fromEntries(
    words.map((word) => {
      const [, key = '', value = ''] = /^([a-z]+)=(.*)$/s.exec(word) ?? [];
      const list = Object.hasOwn(LISTS, key) ? LISTS[key] : undefined;
      if (list === undefined && !VALUES.some((one) => one === key)) throw noSetting(word, key);
      if (said.has(list ?? key))
        throw new ReconError('usage', `${list ?? key} is said twice`, { hint: 'Several values have commas between them.' });
      said.add(list ?? key);
      if (value === '' && list === 'macs')
        throw new ReconError('usage', 'a node has one card at least', { hint: 'recon node rm NODE takes the whole node out' });
      if (value === '') return [list ?? key, null];
      return list === undefined ? [key, value] : [list, listed(value)];
    }),
  );
}

/** What stands between commas. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function noSetting(word: string, key: string): ReconError {
  const known = [...Object.keys(LISTS), ...VALUES];
  const near = nearestWord(key, known);
  return new ReconError('usage', `${word} says nothing of a node`, {
    hint: near === undefined ? `Write KEY=VALUE, with one of ${known.join(', ')}.` : `Did you mean ${near}=?`,
  });
}

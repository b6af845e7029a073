import { ReconError } from '../../domain/errors.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import type { ValueCheck } from './setting-values.ts';

/** What a format wants to know and no inventory can tell. */
export interface SettingKey {
  name: string;
  /** a line for the help, with the value that it has without `--set` */
  about: string;
  value: ValueCheck;
  isNeeded?: true;
}

export type ExportSettings = Readonly<Record<string, string>>;

/** What is asked of a format's keys; any {@link ExportFormat} has these. */
interface WithKeys {
  name: string;
  keys?: readonly SettingKey[];
}

/**
 * The words of `--set key=value` by their keys, checked.
 * @throws ReconError `usage` for a key that the format does not have (with the nearest one), a key twice, a value that it cannot be, a needed
 * key that is missing, and for passwords, which are written into no file
 */
export function exportSettings({ name: format, keys = [] }: WithKeys, words: readonly string[]): ExportSettings {
  const settings: Record<string, string> = {};
  for (const word of words) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || value === undefined)
      throw new ReconError('usage', `--set ${word} is no key=value`, { hint: keysHint(format, keys) });
    const key = keys.find((one) => one.name === name);
    if (key === undefined) throw unknownKey(format, name, keys);
    if (settings[name] !== undefined) throw new ReconError('usage', `--set ${name} is there twice`, { hint: 'leave one of them out' });
    settings[name] = checked(key, value);
  }
  const missing = keys.filter((key) => key.isNeeded && settings[key.name] === undefined);
  if (missing.length > 0)
    throw new ReconError('usage', `${format} cannot do without ${missing.map((key) => `--set ${key.name}=…`).join(', ')}`, {
      hint: missing.map((key) => `${key.name}: ${key.about}`).join('; '),
    });
  return settings;
}

function checked({ name, value: check }: SettingKey, text: string): string {
  const complaint = check(text);
  if (complaint === undefined) return text;
  throw new ReconError('usage', `--set ${name}=${text}: ${complaint}`, { hint: 'recon export --help says what it can be' });
}

function unknownKey(format: string, name: string, keys: readonly SettingKey[]): ReconError {
  if (/pass(word|wd)?$|secret$/i.test(name) && !keys.some((key) => key.name === name))
    return new ReconError('usage', `--set ${name}: passwords are written into no export`, {
      hint: `docs/export.md, "${format}", says where the password goes`,
    });
  const nearest = nearestWord(
    name,
    keys.map((key) => key.name),
  );
  return new ReconError('usage', `${format} has no key "${name}" for --set`, {
    hint: nearest === undefined ? keysHint(format, keys) : `--set ${nearest}=…`,
  });
}

function keysHint(format: string, keys: readonly SettingKey[]): string {
  return keys.length === 0 ? `${format} takes no --set` : `one of: ${keys.map((key) => key.name).join(', ')}`;
}

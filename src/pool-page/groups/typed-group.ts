import type { PoolGroup } from '../../domain/pool/pool-settings.ts';

/** A group as it is typed. */
export interface TypedGroup {
  boot: string;
  priority: string;
  words: string;
  note: string;
}

export function typedGroup(group: PoolGroup | undefined): TypedGroup {
  const { boot = '', priority = 0, note = '', arguments: words = [] } = group ?? {};
  return { boot, priority: priority === 0 ? '' : String(priority), words: words.join(' '), note };
}

/** What is sent; a priority that is no number stays a text, which the head refuses in its own words. */
export function groupBody({ boot, priority, words, note }: TypedGroup): Record<string, unknown> {
  const [level, argumentWords] = [priority.trim(), words.split(/\s+/).filter(Boolean)];
  return {
    ...(boot === '' ? {} : { boot }),
    ...(level === '' ? {} : { priority: /^-?\d+$/.test(level) ? Number(level) : level }),
    ...(argumentWords.length === 0 ? {} : { arguments: argumentWords }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
}

/** Who comes and who goes, when a list of names becomes another one. */
export function memberChange(before: readonly string[], text: string): { add: string[]; remove: string[] } {
  const wanted = new Set(text.split(/[\s,;]+/).filter(Boolean));
  return { add: [...wanted].filter((name) => !before.includes(name)), remove: before.filter((name) => !wanted.has(name)) };
}

import { nonEmpty } from '../../values/non-empty.ts';

/**
 * `Supported link modes` of `ethtool`: the modes on the line and on the lines below it that have no key. Undefined when it is not there or
 * says `Not reported`.
 */
export function supportedLinkModes(text: string): string[] | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\s*Supported link modes:/.test(line));
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.includes(':') || line.trim() === '');
  const words = [lines[start]?.replace(/^[^:]*:/, '') ?? '', ...rest.slice(0, end < 0 ? undefined : end)].join(' ').split(/\s+/);
  const modes = [...new Set(words.filter((word) => /^\d+[A-Za-z][\w.-]*\/(Half|Full)$/.test(word)))];
  return nonEmpty(modes);
}

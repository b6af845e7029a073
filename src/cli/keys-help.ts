import type { ExportFormat } from '../report/export/format.ts';

/** The keys of `--set` for the help: a line per key, below the format that takes it. */
export function keysHelp(formats: readonly ExportFormat[]): string {
  const withKeys = formats.filter(({ keys = [] }) => keys.length > 0);
  const longest = Math.max(0, ...withKeys.flatMap(({ keys = [] }) => keys.map(({ name }) => name.length)));
  return withKeys
    .map(({ name: format, keys = [] }) => {
      const lines = keys.map(({ name, about }) => `    ${name.padEnd(longest)}  ${about}\n`);
      return `  ${format}\n${lines.join('')}`;
    })
    .join('');
}

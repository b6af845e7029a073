import { nearestWord } from '../../domain/values/nearest-word.ts';
import { TABLES } from './tables.ts';

/** What somebody most likely meant by a table or column that there is not, as a sentence; told from SQLite's own words for it. */
export function nearestName(message: string): string | undefined {
  const [, kind, typed = ''] = /no such (table|column): (?:\w+\.)?("?[\w$]+"?)/.exec(message) ?? [];
  const word = typed.replaceAll('"', '');
  if (kind === 'table') {
    const nearest = nearestWord(
      word,
      TABLES.map(({ name }) => name),
    );
    return nearest === undefined ? undefined : `did you mean the table ${nearest}?`;
  }
  const nearest =
    kind === undefined ? undefined : nearestWord(word, [...new Set(TABLES.flatMap(({ columns }) => columns.map(({ name }) => name)))]);
  if (nearest === undefined) return undefined;
  const homes = TABLES.filter(({ columns }) => columns.some(({ name }) => name === nearest)).map(({ name }) => name);
  return `did you mean ${nearest}? It is in ${homes.join(', ')}.`;
}

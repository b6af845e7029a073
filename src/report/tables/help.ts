import { TABLES } from './tables.ts';

/** All tables with their columns, for `recon query --tables`. */
export function tablesHelp(): string {
  const width = Math.max(...TABLES.flatMap((table) => table.columns.map((column) => column.name.length)));
  return TABLES.map((table) => {
    const lines = table.columns.map(({ name, type, about }) => `  ${name.padEnd(width)}  ${type.padEnd(9)}  ${about}`);
    return `${table.name}: ${table.about}\n${lines.join('\n')}\n`;
  }).join('\n');
}

/** The same in one line per table, as a hint to a query that failed. */
export function tablesHint(): string {
  return TABLES.map(({ name, columns }) => `${name} (${columns.map((column) => column.name).join(', ')})`).join('\n       ');
}

import type { ExpectedMachine } from '../domain/expected-machines.ts';
import { parseMac } from '../domain/values/mac.ts';
import type { SettingsMistake } from './settings-text.ts';

type ListColumn = 'mac' | 'serial' | 'name' | 'guess' | 'ignored';

/**
 * The machines of a list that somebody saved from a spreadsheet: comma, semicolon or tab between fields, quotes around them or not.
 * With a heading line its columns mac, serial and name count; without one, a field that looks like a MAC address is one, the first
 * other field is the serial number, the next the name. Pure.
 */
export function expectedFromCsv(text: string): { machines: ExpectedMachine[]; mistakes: SettingsMistake[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const separator = [';', '\t', ','].find((candidate) => lines.some((line) => line.includes(candidate))) ?? ',';
  const rows = lines.map((line, index) => ({ line: index + 1, fields: fieldsOf(line, separator) }));
  const filled = rows.filter(({ fields }) => fields.some((field) => field !== '') && fields[0]?.startsWith('#') !== true);
  const heading = headingOf(filled[0]?.fields ?? []);
  const machines: ExpectedMachine[] = [];
  const mistakes: SettingsMistake[] = [];
  for (const { line, fields } of heading === undefined ? filled : filled.slice(1)) {
    const machine = machineOf(fields, heading);
    if (typeof machine === 'string') mistakes.push({ line, message: machine, hint: 'a MAC address looks like 52:54:00:12:34:56' });
    else machines.push(machine);
  }
  return { machines, mistakes };
}

/** Quotes around a field may hold the separator, and doubled quotes (RFC 4180). */
function fieldsOf(line: string, separator: string): string[] {
  const field = new RegExp(`${separator}[ ]*(?:"((?:[^"]|"")*)"[ ]*(?=${separator}|$)|([^${separator}]*))`, 'g');
  return [...`${separator}${line}`.matchAll(field)].map(([, quoted, bare]) => (quoted?.replaceAll('""', '"') ?? bare ?? '').trim());
}

const HEADINGS: readonly [RegExp, ListColumn][] = [
  [/mac|ethernet|hwaddr/i, 'mac'],
  [/serial|service.?tag/i, 'serial'],
  [/name|host|label/i, 'name'],
];

/** Undefined when the first line is a machine already. */
function headingOf(fields: readonly string[]): ListColumn[] | undefined {
  const columns = fields.map((field): ListColumn => HEADINGS.find(([pattern]) => pattern.test(field))?.[1] ?? 'ignored');
  return columns.some((column) => column === 'mac' || column === 'serial') ? columns : undefined;
}

function machineOf(fields: readonly string[], heading: readonly ListColumn[] | undefined): ExpectedMachine | string {
  const machine: ExpectedMachine = {};
  for (const [at, field] of fields.entries()) {
    if (field === '') continue;
    const column = heading === undefined ? 'guess' : (heading[at] ?? 'ignored');
    const mac = parseMac(field);
    if (column === 'mac' && mac === undefined) return `"${field.slice(0, 40)}" is not a MAC address`;
    if (mac !== undefined && (column === 'mac' || column === 'guess')) machine.mac = mac;
    else if (column === 'serial' || (column === 'guess' && machine.serial === undefined)) machine.serial = field.slice(0, 100);
    else if (column === 'name' || column === 'guess') machine.name ??= field.slice(0, 100);
  }
  return machine.mac === undefined && machine.serial === undefined ? 'neither a MAC address nor a serial number' : machine;
}

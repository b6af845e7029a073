import type { ExpectedMachine } from '../domain/expected-machines.ts';
import { isIpAddress } from '../domain/ip-address.ts';
import { counted } from '../domain/values/counted.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { macIn, meantCell, ruinedBySpreadsheet } from './list-cells.ts';
import { type ListColumn, listColumn } from './list-headings.ts';
import type { SettingsMistake } from './mistake.ts';
import { savedText } from './saved-text.ts';

export interface ExpectedList {
  machines: ExpectedMachine[];
  mistakes: SettingsMistake[];
}

/** A heading, and the rows of titles before it, is looked for in so many rows. */
const HEADING_WITHIN = 10;
const MOST_LETTERS = 100;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The machines of a list that somebody saved from a spreadsheet: comma, semicolon, tab or bar between fields, quotes around them or not, titles above
 * the heading, MAC addresses in any spelling, words for nothing. With a heading its columns for MAC address, serial number, UUID, asset tag, BMC and
 * name count, in five languages; without one, a field that looks like a MAC address, a UUID or an IP address (of the BMC) is one, the first other field is the serial number, the next the
 * name. What a spreadsheet has changed is a mistake with its line. Pure.
 */
export function expectedFromCsv(text: string): ExpectedList {
  const { machines, mistakes } = readList(text);
  return { machines, mistakes };
}

/** The same for a file as it was saved, with what a person should know of how it was read: `40 machines: 38 by serial number, 2 by MAC address`. */
export function readExpectedList(bytes: Uint8Array): ExpectedList & { said: string } {
  const { text, encoding } = savedText(bytes);
  const { ignored, titles, ...list } = readList(text);
  return { ...list, said: listWords(list.machines, { encoding, ignored, titles }) };
}

/** What a spreadsheet shows of a wrong or narrow cell begins with the same sign. */
function isComment(field: string): boolean {
  return field.startsWith('#') && !/^#(?:#*|n\/?[adbv]|[a-zäöü]+[!?])$/i.test(field);
}

interface ReadList extends ExpectedList {
  /** headings of columns that say nothing of machines */
  ignored: string[];
  /** how many rows stand above the heading */
  titles: number;
}

function readList(text: string): ReadList {
  const filled = csvRows(text).filter(({ fields }) => fields.some((field) => field !== '') && !isComment(fields[0] ?? ''));
  const at = headingAt(filled);
  const heading = at === undefined ? undefined : (filled[at]?.fields ?? []);
  const columns = heading?.map(listColumn);
  const unknown = at === undefined ? unknownHeading(filled) : undefined;
  if (unknown !== undefined) return { machines: [], mistakes: [unknown], ignored: [], titles: 0 };
  const machines: ExpectedMachine[] = [];
  const mistakes: SettingsMistake[] = [];
  for (const { line, fields } of filled.slice(at === undefined ? 0 : at + 1)) {
    if (isTotal(fields, columns)) continue;
    const found = machineOf(fields, columns);
    if ('problem' in found) mistakes.push({ line, message: found.problem, hint: found.hint });
    else if (found.machine !== undefined) machines.push(found.machine);
  }
  const ignored = (heading ?? []).filter((words, column) => words !== '' && columns?.[column] === undefined);
  return { machines, mistakes, ignored, titles: at ?? 0 };
}

/** `Total;40`: a word for a sum in a column that holds no number of a machine, and nothing else but numbers. */
function isTotal(fields: readonly string[], columns: readonly (ListColumn | undefined)[] | undefined): boolean {
  const filled = fields.flatMap((field, column) => (field === '' ? [] : [{ field, column }]));
  const [first, ...others] = filled;
  if (first === undefined || columns === undefined || ![undefined, 'name'].includes(columns[first.column])) return false;
  return (
    /^(?:grand )?(?:totale?|sum|summe|gesamt|anzahl|somme|nombre|suma|count)\b.{0,3}$/i.test(first.field) &&
    others.every(({ field }) => /^\d{1,5}$/.test(field))
  );
}

/** Where the heading stands: a row that names a column to find machines by, and holds no machine itself, nor any above it. */
function headingAt(rows: readonly CsvRow[]): number | undefined {
  for (const [at, { fields }] of rows.slice(0, HEADING_WITHIN).entries()) {
    if (fields.some((field) => macIn(field) !== undefined)) return undefined;
    const columns = fields.map(listColumn);
    const isNamed = columns.some((column) => column !== undefined && column !== 'name');
    // a title has one field, "serial numbers of hall 3", and the rows below have more
    const isTitle = fields.filter((field) => field !== '').length === 1 && fields.length < (rows[at + 1]?.fields.length ?? 0);
    const hasDigits = fields.some((field, column) => /\d{3}/.test(field) && columns[column] === undefined);
    if (isNamed && !isTitle && !hasDigits) return at;
  }
  return undefined;
}

/** A first row without any digit above rows that have some is a heading in words that we do not know. */
function unknownHeading([first, ...rows]: readonly CsvRow[]): SettingsMistake | undefined {
  const isHeading = first !== undefined && rows.length > 0 && first.fields.every((field) => !/\d/.test(field));
  if (!isHeading || !rows.every(({ fields }) => fields.some((field) => /\d/.test(field)))) return undefined;
  const words = first.fields.filter((field) => field !== '').map((field) => `"${field.slice(0, 40)}"`);
  return {
    line: first.line,
    message: `no column of the heading is known: ${words.join(', ')}`,
    hint: 'name the columns mac, serial, uuid, asset tag, bmc, name',
  };
}

type Found = { machine: ExpectedMachine | undefined } | { problem: string; hint: string | undefined };

function machineOf(fields: readonly string[], columns: readonly (ListColumn | undefined)[] | undefined): Found {
  const machine: ExpectedMachine = {};
  for (const [at, field] of fields.entries()) {
    const text = meantCell(field).slice(0, MOST_LETTERS);
    const column = columns === undefined ? guessed(text, machine) : columns[at];
    if (text === '' || column === undefined) continue;
    const ruined = column === 'name' ? undefined : ruinedBySpreadsheet(text);
    if (ruined !== undefined)
      return { problem: `"${text.slice(0, 40)}" ${ruined}`, hint: 'give the column the format "text" and enter it again' };
    if (column === 'bmcAddress') Object.assign(machine, { ...bmcCell(text), ...machine });
    else if (column === 'uuid') machine.uuid ??= text.replace(/^\{(.*)\}$/, '$1');
    else if (column !== 'mac') machine[column] ??= text;
    else {
      const mac = macIn(text);
      if (mac === undefined) return { problem: `"${text.slice(0, 40)}" is not a MAC address`, hint: macHint(text) };
      machine.mac ??= mac;
    }
  }
  const isKnown = [machine.mac, machine.serial, machine.uuid, machine.assetTag, machine.bmcAddress].some((one) => one !== undefined);
  if (isKnown) return { machine };
  // "total" and lines of blanks at the end
  if (columns !== undefined && fields.filter((field) => meantCell(field) !== '').length === 0) return { machine: undefined };
  return { problem: 'neither a MAC address nor a serial number', hint: 'a MAC address looks like 52:54:00:12:34:56' };
}

function guessed(text: string, machine: ExpectedMachine): ListColumn | undefined {
  if (macIn(text) !== undefined) return 'mac';
  if (UUID.test(text)) return 'uuid';
  if (isIpAddress(text)) return 'bmcAddress';
  return machine.serial === undefined ? 'serial' : 'name';
}

/** A column of BMCs holds their IP addresses or their MAC addresses; of names that it may hold nothing is found. */
function bmcCell(text: string): Pick<ExpectedMachine, 'mac' | 'bmcAddress'> {
  const address = text.replace(/^https?:\/\//i, '').replace(/\/.*$/, '');
  if (isIpAddress(address)) return { bmcAddress: address };
  return definedOnly({ mac: macIn(text) });
}

function macHint(text: string): string {
  return /^\d{1,11}$/.test(text)
    ? `it has ${text.length} digits of 12: a spreadsheet drops zeros in front; give the column the format "text"`
    : 'a MAC address looks like 52:54:00:12:34:56';
}

function listWords(
  machines: readonly ExpectedMachine[],
  { encoding, ignored, titles }: { encoding: string | undefined; ignored: readonly string[]; titles: number },
): string {
  const kinds = [
    ['serial number', machines.filter(({ serial }) => serial !== undefined).length],
    ['MAC address', machines.filter(({ serial, mac }) => serial === undefined && mac !== undefined).length],
    ['UUID, asset tag or BMC address', machines.filter(({ serial, mac }) => serial === undefined && mac === undefined).length],
  ] as const;
  const by = kinds.filter(([, count]) => count > 0).map(([kind, count]) => `${count} by ${kind}`);
  return [
    `${counted(machines.length, 'machine')}${by.length === 0 ? '' : `: ${by.join(', ')}`}`,
    ...(ignored.length === 0
      ? []
      : [`ignored: ${ignored.length === 1 ? 'column' : 'columns'} ${ignored.slice(0, 8).join(', ').slice(0, 200)}`]),
    ...(titles === 0 ? [] : [`${counted(titles, 'row')} above the heading left out`]),
    ...(encoding === undefined ? [] : [`read as ${encoding}`]),
  ].join('; ');
}

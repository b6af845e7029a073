import type { ExpectedMachine } from '../domain/expected-machines.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { csvRows } from './csv-rows.ts';
import { macIn, meantCell } from './list-cells.ts';
import { listColumn, plainHeading } from './list-headings.ts';
import type { SettingsMistake } from './mistake.ts';
import { savedText } from './saved-text.ts';

export interface RackPlace {
  rack: string;
  /** lowest unit that the machine takes, counted as the rack's numbers are */
  unit?: number;
}

export interface RackList {
  rows: { machine: ExpectedMachine; place: RackPlace }[];
  mistakes: SettingsMistake[];
}

const RACK = /\b(?:racks?|schrank|cabinet|baie|armario|armadio)\b/;
const UNIT = /\b(?:units?|u|he|hoheneinheit|position|pos|unite|unidad|unita)\b/;
/** NetBox counts in tenths of a unit, up to 100 units. */
const UNIT_NUMBER = /^(?:u|he)?\s*(\d{1,3}(?:\.5)?)$/i;

/** Where machines stand, of a spreadsheet with a heading: what finds a machine (as in a list of expected ones), its rack, and its unit. A row without a rack says nothing. Pure. */
export function rackPlaces(bytes: Uint8Array): RackList {
  const [heading, ...rows] = csvRows(savedText(bytes).text).filter(({ fields }) => fields.some((field) => field !== ''));
  const words = (heading?.fields ?? []).map(plainHeading);
  const rack = words.findIndex((word) => RACK.test(word));
  const unit = words.findIndex((word, at) => at !== rack && UNIT.test(word));
  const columns = (heading?.fields ?? []).map((field, at) => (at === rack || at === unit ? undefined : listColumn(field)));
  if (rack < 0 || columns.every((column) => column === undefined || column === 'name'))
    return {
      rows: [],
      mistakes: [
        {
          line: heading?.line ?? 1,
          message: 'the heading names no rack, or nothing that finds a machine',
          hint: 'columns serial (or mac, asset tag), rack, unit',
        },
      ],
    };
  const list: RackList = { rows: [], mistakes: [] };
  for (const { line, fields } of rows) {
    const name = meantCell(fields[rack] ?? '').slice(0, 100);
    if (name === '') continue;
    const said = unit < 0 ? '' : meantCell(fields[unit] ?? '');
    const number = UNIT_NUMBER.exec(said)?.[1];
    if (said !== '' && (number === undefined || Number(number) < 1))
      list.mistakes.push({ line, message: `"${said.slice(0, 40)}" is no unit of a rack`, hint: 'a number from 1 on' });
    const place = { rack: name, ...definedOnly({ unit: number === undefined ? undefined : Number(number) }) };
    list.rows.push({ machine: machineIn(fields, columns), place });
  }
  return list;
}

function machineIn(fields: readonly string[], columns: readonly ReturnType<typeof listColumn>[]): ExpectedMachine {
  const machine: ExpectedMachine = {};
  for (const [at, column] of columns.entries()) {
    const text = meantCell(fields[at] ?? '');
    if (column === undefined || column === 'name' || text === '') continue;
    const value = column === 'mac' ? macIn(text) : text;
    if (value !== undefined) machine[column] ??= value;
  }
  return machine;
}

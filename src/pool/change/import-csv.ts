import type { z } from 'zod';
import { NewNode } from '../../domain/pool/node-patch.ts';
import { anyMac } from '../../domain/values/mac.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import { csvRows } from '../../settings/csv-rows.ts';
import type { SettingsMistake } from '../../settings/mistake.ts';

export type ImportOutcome = { outcome: 'ok'; nodes: NewNode[] } | { outcome: 'wrong'; mistakes: SettingsMistake[] };

/** What a heading may say, in English and German; the first that fits. */
const COLUMNS: readonly [keyof NewNode, RegExp][] = [
  ['macs', /mac|ethernet|hwaddr|hardware-?adresse/i],
  ['serial', /serial|serien|service.?tag/i],
  ['uuid', /uuid/i],
  ['port', /^(switch[- ]?)?port/i],
  ['switch', /^switch/i],
  ['address', /^(ip|ipv4)?[ -]?(address|adresse)$|^ip/i],
  ['groups', /group|gruppe|rack/i],
  ['memoryGiB', /^(memory|ram|speicher)/i],
  ['tags', /tag|schlagw|merkmal/i],
  ['boot', /boot|profil|start|image|abbild/i],
  ['note', /note|comment|bemerkung|notiz|kommentar/i],
  ['name', /name|host|rechner|label|knoten|^node$/i],
];

/** A line of a list: a node, or what is wrong with it. */
export interface CsvLine {
  line: number;
  node: NewNode | undefined;
  mistakes: SettingsMistake[];
}

/** Every line of a list, good and bad ones; `mistakes` alone when it is no list of nodes at all. Pure. */
export function linesOfCsv(text: string): { lines: CsvLine[] } | { mistakes: SettingsMistake[] } {
  const rows = csvRows(text).filter(({ fields }) => fields.some((field) => field !== '') && fields[0]?.startsWith('#') !== true);
  const [heading, ...machines] = rows;
  if (heading === undefined) return wrong(1, 'the list is empty', undefined);
  const columns = heading.fields.map(columnOf);
  if (!columns.includes('macs') || !columns.includes('name'))
    return wrong(heading.line, `the first line names no column for ${columns.includes('name') ? 'MAC addresses' : 'names'}`, HEADING_HINT);
  const twice = columns.find((column, at) => column !== undefined && column !== 'macs' && columns.indexOf(column) !== at);
  if (twice !== undefined) return wrong(heading.line, `two columns are ${twice}`, 'Name them otherwise.');
  if (machines.length === 0) return wrong(heading.line, 'there is a heading and no machine', undefined);
  const seen = new Map<string, number>();
  return {
    lines: machines.map(({ line, fields }) => {
      const { node, problems } = nodeOfRow(columns, fields);
      const mistakes = problems.map((message): SettingsMistake => ({ line, message, hint: undefined }));
      for (const key of node === undefined ? [] : [node.name, ...node.macs, ...(node.address === undefined ? [] : [node.address])]) {
        const before = seen.get(key);
        if (before !== undefined) mistakes.push({ line, message: `${key} is in line ${before} already`, hint: undefined });
        seen.set(key, line);
      }
      return { line, node, mistakes };
    }),
  };
}

/**
 * Nodes from a list that somebody saved from a spreadsheet: comma, semicolon or tab between fields, quotes or not, a heading in English or
 * German, MAC addresses in any spelling. Each line that is wrong is told with its number; then there are no nodes at all. Pure.
 */
export function nodesFromCsv(text: string): ImportOutcome {
  const found = linesOfCsv(text);
  const mistakes = 'lines' in found ? found.lines.flatMap((one) => one.mistakes) : found.mistakes;
  if ('lines' in found && mistakes.length === 0) return { outcome: 'ok', nodes: found.lines.flatMap(({ node }) => node ?? []) };
  return { outcome: 'wrong', mistakes };
}

const HEADING_HINT = 'For example: name;mac;address;groups;serial';

function wrong(line: number, message: string, hint: string | undefined): { mistakes: SettingsMistake[] } {
  return { mistakes: [{ line, message, hint }] };
}

function columnOf(heading: string): keyof NewNode | undefined {
  const exact = COLUMNS.find(([, pattern]) => pattern.test(heading.trim()))?.[0];
  if (exact !== undefined) return exact;
  const near = nearestWord(heading.trim().toLowerCase(), ['name', 'mac', 'address', 'groups', 'serial', 'note']);
  return near === 'mac' ? 'macs' : (near as keyof NewNode | undefined);
}

function nodeOfRow(columns: readonly (keyof NewNode | undefined)[], fields: readonly string[]): { node?: NewNode; problems: string[] } {
  const problems: string[] = [];
  const node: Record<string, unknown> = {};
  const macs: string[] = [];
  for (const [at, field] of fields.entries()) {
    const column = columns[at];
    if (field === '' || column === undefined) continue;
    if (column === 'macs')
      for (const word of wordsOf(field)) {
        const mac = anyMac(word);
        if (mac === undefined) problems.push(`"${word.slice(0, 40)}" is not a MAC address`);
        else macs.push(mac);
      }
    else if (column === 'groups' || column === 'tags') node[column] = wordsOf(field).map((word) => word.toLowerCase());
    else if (column === 'memoryGiB') node[column] = numberOf(field);
    else node[column] = column === 'name' ? field.toLowerCase() : field;
  }
  if (problems.length > 0) return { problems };
  if (macs.length === 0) return { problems: ['there is no MAC address in it'] };
  if (node['name'] === undefined) return { problems: ['there is no name in it'] };
  const parsed = NewNode.safeParse({ ...node, macs });
  return parsed.success ? { node: parsed.data, problems } : { problems: parsed.error.issues.map(issueText) };
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return `${path.join(' ')}: ${message}`;
}

/** `512`, `15,63` and `512 GiB`; anything else stays a text, which the schema refuses. */
function numberOf(field: string): number | string {
  const [, digits] = /^(\d+(?:[.,]\d+)?)\s*(?:GiB|GB)?$/i.exec(field) ?? [];
  return digits === undefined ? field : Number(digits.replace(',', '.'));
}

/** Several in one field; a blank separates only what is no MAC address with blanks in it. */
function wordsOf(field: string): string[] {
  if (anyMac(field) !== undefined) return [field];
  return field
    .split(/[\s,;|/]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

import type { NodeRecord } from '../../domain/record/node-record.ts';
import { driveSize } from '../../domain/values/drive-size.ts';
import { unitOfName } from '../../domain/values/units.ts';
import { binaryBytes } from '../parts/numbers.ts';
import { withCountedDrives } from './counted-drives.ts';

/** Longer facts are folded, in characters: flags of a processor, modes of a port. */
const LONG_TEXT = 160;

/** A piece of a section: facts with their names, or a table. All texts, nothing to be interpreted. */
export type Block =
  | { kind: 'facts'; facts: (readonly [name: string, text: string])[] }
  /** a text that is too long to stand among facts */
  | { kind: 'long'; title: string; text: string }
  | { kind: 'table'; title: string; heads: string[]; rows: string[][] };

export interface SectionText {
  id: string;
  title: string;
  status: 'ok' | 'absent' | 'failed';
  reason: string | undefined;
  /** how many entries a section that is a list has */
  count: number | undefined;
  blocks: Block[];
}

/** The record in readable pieces, in the order a person asks: what is it, what is in it, what is it connected to. */
export function recordText(record: NodeRecord): SectionText[] {
  const sections = Object.entries(withCountedDrives(record)).flatMap(([id, section]) =>
    isObject(section) ? [[id, section] as const] : [],
  );
  const place = (id: string): number => (id in TITLES ? Object.keys(TITLES).indexOf(id) : Number.MAX_SAFE_INTEGER);
  return sections
    .sort(([a], [b]) => place(a) - place(b))
    .map(([id, section]) => {
      const data = section['status'] === 'ok' ? section['data'] : undefined;
      return {
        id,
        title: TITLES[id] ?? words(id),
        status: section['status'] === 'ok' || section['status'] === 'failed' ? section['status'] : 'absent',
        reason: typeof section['reason'] === 'string' ? section['reason'] : undefined,
        count: countOf(data),
        blocks: blocksOf(data, '', id),
      };
    });
}

/** Tools that did not do their work: what the reader must not take for "there is none". */
export function failedTools(record: NodeRecord): { id: string; status: string; reason: string }[] {
  return record.collectors
    .filter(({ status }) => status === 'failed' || status === 'timeout')
    .map(({ id, status, reason = '' }) => ({ id, status, reason }));
}

/** Of the drives, how many they are, without what stands beside them. */
function countOf(data: unknown): number | undefined {
  const list = isObject(data) ? data['drives'] : data;
  return Array.isArray(list) ? list.length : undefined;
}

function blocksOf(data: unknown, title: string, id: string): Block[] {
  if (Array.isArray(data)) return data.every(isObject) ? tableOf(data, title, id) : [];
  if (!isObject(data)) return [];
  const facts: [string, string][] = [];
  const tables: Block[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (Array.isArray(value) && value.length > 0 && value.every(isObject)) tables.push(...tableOf(value, words(key), id));
    else facts.push(...factsOf(key, value, id));
  }
  const short = facts.filter(([, text]) => text.length <= LONG_TEXT);
  const long = facts.filter(([, text]) => text.length > LONG_TEXT).map(([name, text]) => ({ kind: 'long', title: name, text }) as const);
  return [...(short.length === 0 ? [] : [{ kind: 'facts', facts: short } as const]), ...long, ...tables];
}

function tableOf(entries: Record<string, unknown>[], title: string, id: string): Block[] {
  const keys = [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
  if (keys.length === 0) return [];
  const rows = entries.map((entry) => keys.map((key) => textOf(key, entry[key], id)));
  return [{ kind: 'table', title, heads: keys.map(words), rows }];
}

/** What lies deeper becomes a fact of its own: `chassis: { serial }` is "chassis serial". */
function factsOf(key: string, value: unknown, id: string, before = ''): [string, string][] {
  const name = `${before}${words(key)}`;
  if (isObject(value)) return Object.entries(value).flatMap(([inner, one]) => factsOf(inner, one, id, `${name} `));
  const text = textOf(key, value, id);
  return text === '' ? [] : [[name, text]];
}

function textOf(key: string, value: unknown, id: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberText(key, value, id);
  if (Array.isArray(value)) return value.map((one) => textOf(key, one, id)).join(isObject(value[0]) ? '; ' : ', ');
  if (isObject(value)) {
    const parts = Object.entries(value).map(([inner, one]) => `${words(inner)} ${textOf(inner, one, id)}`);
    return parts.join(', ');
  }
  return String(value);
}

function numberText(key: string, value: number, id: string): string {
  const unit = unitOfName(key)?.unit;
  // disks are sold in decimal units, memory and caches are not
  if (unit === 'bytes') return DECIMAL.has(id) ? driveSize(value) : binaryBytes(value);
  return unit === undefined ? String(value) : `${value} ${unit}`;
}

/** `configuredSpeedMtps` as "configured speed": the unit stands with the value. */
function words(key: string): string {
  const { bare, unit } = unitOfName(key) ?? { bare: key, unit: undefined };
  const text = bare
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(SHORT_WORDS, (_word, short: string, plural: string) => `${short.toUpperCase()}${plural}`);
  if (unit === 'MHz') return `${text} clock`;
  return text === '' ? key : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SHORT_WORDS = /\b(mac|uuid|pci|bmc|cpu|ecc|id|ip|mtu|usb|gpu|dimm|vlan|guid|wwn|raid|smart|tpm|sel|fru|numa|sku)(s?)\b/g;

const DECIMAL = new Set(['disks', 'storage']);

const TITLES: Readonly<Record<string, string>> = {
  system: 'System',
  board: 'Board',
  firmware: 'Firmware',
  cpu: 'Processors',
  memory: 'Memory',
  disks: 'Drives',
  storage: 'Storage controllers',
  nics: 'Network ports',
  network: 'Network',
  bmc: 'BMC',
  gpus: 'GPUs',
  accelerators: 'Accelerators',
  powerSupplies: 'Power supplies',
  fans: 'Fans',
  tpm: 'TPM',
  slots: 'Slots',
  pci: 'PCI',
  usb: 'USB',
  watchdogs: 'Watchdogs',
  kernel: 'Kernel',
};

import { definedOnly } from '../../../domain/values/defined-only.ts';
import { cleanValue } from '../../../domain/values/text.ts';

/** One function of `lspci -Dvmmnnk`. */
export interface LspciRecord {
  /** `0000:00:1f.2` */
  slot: string;
  /** fields with a name and a number: Class, Vendor, Device, SVendor, SDevice; number in lower case without `0x` */
  named: ReadonlyMap<string, { name?: string; id?: string }>;
  /** the other fields; of several the first */
  plain: ReadonlyMap<string, string>;
  /** `Module`, which may stand there several times */
  modules: readonly string[];
}

/** Reads lspci's machine-readable form: blocks of `Key:<tab>value`, apart by an empty line. A block without a slot is skipped. */
export function parseLspciVmm(text: string): LspciRecord[] {
  return text
    .split(/\n\s*\n/)
    .map(readBlock)
    .filter((record) => record !== undefined);
}

function readBlock(block: string): LspciRecord | undefined {
  const named = new Map<string, { name?: string; id?: string }>();
  const plain = new Map<string, string>();
  const modules: string[] = [];
  for (const line of block.split('\n')) {
    const [, key, raw] = /^(\w+):\s+(.*)$/.exec(line) ?? [];
    const value = cleanValue(raw);
    if (key === 'Module' && value !== undefined) modules.push(value);
    if (key === undefined || value === undefined || plain.has(key) || named.has(key)) continue;
    if (NAMED.has(key)) named.set(key, splitNumber(value));
    else plain.set(key, value);
  }
  const slot = plain.get('Slot');
  return slot === undefined || !/^([0-9a-f]{4,}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.test(slot)
    ? undefined
    : { slot, named, plain, modules };
}

const NAMED = new Set(['Class', 'Vendor', 'Device', 'SVendor', 'SDevice']);

/** `Intel Corporation [8086]`; a device that the list does not know is `Device [1234]`, which is no name. */
function splitNumber(value: string): { name?: string; id?: string } {
  const [, name, id] = /^(.*?)\s*\[([0-9a-f]{4})\]$/i.exec(value) ?? [undefined, value, undefined];
  const known = name !== undefined && name !== '' && !/^(Unknown )?(Device|vendor|class)$/i.test(name) ? name : undefined;
  return { ...definedOnly({ name: known }), ...(id === undefined ? {} : { id: id.toLowerCase() }) };
}

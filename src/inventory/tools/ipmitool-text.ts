import { cleanValue } from '../../domain/values/text.ts';

/** Reads `key : value` lines of ipmitool; a line that starts with a colon continues the one before and is left out. The first of equal keys wins. */
export function parseIpmitool(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, raw] = /^\s*([^:]*?\S)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    const value = cleanValue(raw);
    if (key !== undefined && value !== undefined && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}

/** One FRU (field replaceable unit) as the BMC describes it. */
export interface FruBlock {
  description: string;
  fields: ReadonlyMap<string, string>;
}

/** The FRUs of `ipmitool fru print`, each with its description; blocks are apart by empty lines. */
export function parseFruBlocks(text: string): FruBlock[] {
  return text
    .split(/^(?=FRU Device Description)/m)
    .map(parseIpmitool)
    .flatMap((fields) => {
      const description = fields.get('FRU Device Description');
      return description === undefined ? [] : [{ description: description.replace(/\s*\(ID \d+\)$/, ''), fields }];
    });
}

/** The blocks of `ipmitool lan6 print`, one for each address that the BMC has room for, behind one of what is common to them. */
export function parseIpv6Blocks(text: string): ReadonlyMap<string, string>[] {
  return text.split(/^(?=\s*IPv6 (?:Static|Dynamic) Address \d+:)/m).map(parseIpmitool);
}

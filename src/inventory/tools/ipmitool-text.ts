import { keyValueLines } from '../values/key-value-lines.ts';

/** One FRU (field replaceable unit) as the BMC describes it. */
export interface FruBlock {
  description: string;
  fields: ReadonlyMap<string, string>;
}

/** The FRUs of `ipmitool fru print`, each with its description; blocks are apart by empty lines. */
export function parseFruBlocks(text: string): FruBlock[] {
  return text
    .split(/^(?=FRU Device Description)/m)
    .map(keyValueLines)
    .flatMap((fields) => {
      const description = fields.get('FRU Device Description');
      return description === undefined ? [] : [{ description: description.replace(/\s*\(ID \d+\)$/, ''), fields }];
    });
}

/** The blocks of `ipmitool lan6 print`, one for each address that the BMC has room for, behind one of what is common to them. */
export function parseIpv6Blocks(text: string): ReadonlyMap<string, string>[] {
  return text.split(/^(?=\s*IPv6 (?:Static|Dynamic) Address \d+:)/m).map(keyValueLines);
}

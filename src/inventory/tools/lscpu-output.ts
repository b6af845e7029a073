import { cleanValue, decodeText, wholeLines } from '../../domain/values/text.ts';
import { asText, member, objects, parseToolJson } from '../values/json-value.ts';

/**
 * `lscpu -J` or plain `lscpu` as field → value, without the colons. Newer versions nest fields as `children`. The first of equal
 * fields wins. Empty from a text that is not lscpu's.
 */
export function parseLscpu(bytes: Uint8Array | undefined): Map<string, string> {
  const fields = new Map<string, string>();
  collect(member(parseToolJson(bytes), 'lscpu'), fields);
  const text = wholeLines(decodeText(bytes));
  if (fields.size > 0 || !/^Architecture:/m.test(text) || text.includes('"')) return fields;
  for (const line of text.split('\n')) {
    const [, field = '', raw] = /^\s*([^:]+):\s+(\S.*)$/.exec(line) ?? [];
    const data = cleanValue(raw);
    if (data !== undefined && !fields.has(field)) fields.set(field, data);
  }
  return fields;
}

function collect(list: unknown, fields: Map<string, string>): void {
  for (const entry of objects(list)) {
    const field = asText(entry['field'])?.replace(/:$/, '');
    const data = asText(entry['data']);
    if (field !== undefined && data !== undefined && !fields.has(field)) fields.set(field, data);
    collect(entry['children'], fields);
  }
}

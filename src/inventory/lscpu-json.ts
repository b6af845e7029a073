import { asText, member, objects, parseToolJson } from './json-value.ts';

/** `lscpu -J` as field → value, without the colons. Newer versions nest fields as `children`. The first of equal fields wins. */
export function parseLscpu(bytes: Uint8Array | undefined): Map<string, string> {
  const fields = new Map<string, string>();
  collect(member(parseToolJson(bytes), 'lscpu'), fields);
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

import { type Document, isScalar, type LineCounter, parseDocument, visit, YAMLParseError } from 'yaml';
import { definedOnly } from '../domain/values/defined-only.ts';

/**
 * A file of settings as YAML 1.2, with its faults as `errors`. Keys that stand twice in a map are looked for here: the parser compares each
 * with all before it, which takes seconds in a list of ten thousand nodes.
 */
export function parsedYaml(text: string, lineCounter?: LineCounter): Document.Parsed {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, ...definedOnly({ lineCounter }) });
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) document.errors.push(new YAMLParseError(rangeOf(key), 'DUPLICATE_KEY', 'Map keys must be unique'));
        seen.add(key.value);
      }
    },
  });
  return document;
}

function rangeOf({ range }: { range?: [number, number, number] | null | undefined }): [number, number] {
  const [from = 0, to = from] = range ?? [];
  return [from, to];
}

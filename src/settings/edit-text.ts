import { parseDocument, Scalar, visit } from 'yaml';
import { ReconError } from '../domain/errors.ts';

/**
 * A file of settings with one value changed; what a person wrote around it, comments included, stays. `undefined` takes the key out. Pure.
 * @throws ReconError `usage` when the text is no YAML
 */
export function withSetting(text: string, path: readonly [string, ...string[]], value: unknown): string {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) throw new ReconError('usage', `this is not YAML: ${document.errors[0]?.message ?? ''}`);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, compact(document.createNode(value)));
  return document.toString({ lineWidth: 140, singleQuote: true });
}

/** On one line. What is not plainly a word comes in quotes: YAML 1.1 takes a MAC address for a time of day, and a serial number for a number. */
function compact<Node extends ReturnType<ReturnType<typeof parseDocument>['createNode']>>(node: Node): Node {
  visit(node, {
    Scalar: (key, scalar) => {
      const isWord =
        typeof scalar.value !== 'string' ||
        (/^[a-z][a-z0-9@_-]*$/.test(scalar.value) && !/^(y|n|yes|no|on|off|true|false|null)$/.test(scalar.value));
      if (key !== 'key' && !isWord) scalar.type = Scalar.QUOTE_SINGLE;
    },
    Collection: (_, collection) => {
      collection.flow = true;
    },
  });
  return node;
}

import { type Document, isMap, isNode, isScalar, Scalar, visit } from 'yaml';
import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { type FlowHabit, flowHabit } from './flow-text.ts';
import { splicedText } from './keep-spacing.ts';
import { parsedYaml } from './parsed-yaml.ts';

export type SettingPath = readonly [string, ...string[]];
/** `undefined` takes the key out. */
export type SettingChange = readonly [path: SettingPath, value: unknown];

/**
 * A file of settings with one value changed; what a person wrote around it, comments included, stays. `undefined` takes the key out. Pure.
 * @throws ReconError `usage` when the text is no YAML
 */
export function withSetting(text: string, path: SettingPath, value: unknown): string {
  return withSettings(text, [[path, value]]);
}

/**
 * The same with many values, the text read once.
 * @param habit how its owner writes maps and lists on one line, where the text is part of another
 * @throws ReconError `usage` when the text is no YAML, or an anchor or alias stands where something is to be set
 */
export function withSettings(text: string, changes: readonly SettingChange[], habit?: FlowHabit): string {
  const document = parsedYaml(text);
  if (document.errors.length > 0) throw new ReconError('usage', `this is not YAML: ${document.errors[0]?.message ?? ''}`);
  const written = changes.map(([path, value]) => [asWritten(document, path), value] as const);
  const spliced = document.contents === null ? undefined : splicedText(text, document, written, habit ?? flowHabit(text, document));
  setInDocument(document, changes);
  // a map without anything in it is an empty file
  if (isMap(document.contents) && document.contents.items.length === 0) return commentsOf(document);
  return spliced !== undefined && saysTheSame(spliced, document) ? spliced : document.toString({ lineWidth: 140, singleQuote: true });
}

function setInDocument(document: Document, changes: readonly SettingChange[]): void {
  for (const [path, value] of changes) {
    const written = asWritten(document, path);
    try {
      if (value === undefined) document.deleteIn(written);
      else {
        clearEmpty(document, written);
        const node = compact(document.createNode(value));
        const before = document.getIn(written, true);
        if (isNode(before) && isNode(node) && typeof before.comment === 'string') node.comment = before.comment;
        document.setIn(written, node);
      }
    } catch (cause) {
      throw new ReconError('usage', `${path.join('.')} cannot be set in this file: ${messageOf(cause)}`, {
        hint: 'An alias (*name) stands there: edit the file by hand.',
        cause,
      });
    }
  }
}

/** Whatever a person wrote, a file is never another one than was meant. */
function saysTheSame(text: string, wanted: Document): boolean {
  const document = parsedYaml(text);
  return document.errors.length === 0 && JSON.stringify(document.toJS()) === JSON.stringify(wanted.toJS());
}

/** `12:` is a number to YAML and a name to whoever wrote it; set as a text it would stand there twice. */
function asWritten(document: Document, path: SettingPath): unknown[] {
  const written: unknown[] = [];
  for (const part of path) {
    const parent = written.length === 0 ? document.contents : document.getIn(written, true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && (key.value === part || key.source === part || String(key.value) === part))
      : undefined;
    written.push(isScalar(pair?.key) ? pair.key.value : part);
  }
  return written;
}

/** `node-000:` with nothing behind it is nothing, in which no key can be set. */
function clearEmpty(document: Document, path: readonly unknown[]): void {
  for (let length = 1; length < path.length; length += 1) {
    const above = path.slice(0, length);
    const node = document.getIn(above, true);
    if (isScalar(node) && node.value === null) document.deleteIn(above);
  }
}

function commentsOf({ commentBefore, comment, contents }: Document): string {
  const lines = [commentBefore, contents?.commentBefore, contents?.comment, comment].flatMap((text) => text?.split('\n') ?? []);
  return lines.map((line) => `#${line}\n`).join('');
}

/** On one line. What is not plainly a word comes in quotes: YAML 1.1 takes a MAC address for a time of day, and a serial number for a number. */
function compact<Node extends ReturnType<Document['createNode']>>(node: Node): Node {
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

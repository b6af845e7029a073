import { type Document, isCollection, isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import { entryText, type FlowHabit, flowText } from './flow-text.ts';

/** One key of one map; `value` undefined takes it out. */
interface KeyEdit {
  map: YAMLMap;
  /** as it stands in the map; undefined where it is new */
  pair: Pair | undefined;
  key: string;
  value: unknown;
}

interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * The text with values set in it, letter for letter what it was everywhere else: a difference of versions shows the change alone. Undefined where
 * that is not plainly possible; whoever asks holds the outcome against what was meant. Pure.
 * @param document of this text, as it was read
 */
export function splicedText(
  text: string,
  document: Document,
  changes: readonly (readonly [path: readonly unknown[], value: unknown])[],
  habit: FlowHabit,
): string | undefined {
  const edits = changes.flatMap(([path, value]) => editOf(document, path, value) ?? []);
  const splices = [...Map.groupBy(edits, ({ map }) => map)].flatMap(([map, own]) => {
    const ofMap = [...Map.groupBy(own, ({ key }) => key).values()].map(merged);
    return map.flow === true ? flowSplices(text, map, ofMap, habit) : blockSplices(text, map, ofMap, habit);
  });
  if (splices.includes(undefined)) return undefined;
  const sorted = (splices as Splice[]).toSorted((a, b) => a.start - b.start);
  if (sorted.some(({ start }, at) => at > 0 && start < (sorted[at - 1]?.end ?? 0))) return undefined;
  let [done, from] = ['', 0];
  for (const { start, end, text: put } of sorted) {
    done += text.slice(from, start) + put;
    from = end;
  }
  return done + text.slice(from);
}

/** The deepest map that is there already, and what is set in it. */
function editOf(document: Document, path: readonly unknown[], value: unknown): KeyEdit | undefined {
  let map: unknown = document.contents;
  for (const [depth, part] of path.entries()) {
    if (!isMap(map)) return undefined;
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === part);
    const rest = path.slice(depth + 1);
    if (pair !== undefined && rest.length > 0 && isMap(pair.value)) map = pair.value;
    else if (pair === undefined && value === undefined) return undefined;
    else return { map, pair, key: String(part), value: rest.reduceRight<unknown>((inner, key) => ({ [String(key)]: inner }), value) };
  }
  return undefined;
}

/** Several values of a map that is not there yet make one; otherwise the last counts. */
function merged(edits: readonly KeyEdit[]): KeyEdit {
  return edits.reduce((a, b) => {
    const isNew = a.pair === undefined && isPlain(a.value) && isPlain(b.value);
    return isNew ? { ...b, value: { ...(a.value as object), ...(b.value as object) } } : b;
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flowSplices(text: string, map: YAMLMap, edits: readonly KeyEdit[], habit: FlowHabit): (Splice | undefined)[] {
  const gone = new Set(edits.flatMap(({ pair, value }) => (value === undefined ? (pair ?? []) : [])));
  const added = edits.filter(({ pair }) => pair === undefined).map(({ key, value }) => entryText(key, value, habit));
  const replaced = edits.flatMap(({ pair, value }) =>
    pair === undefined || value === undefined ? [] : [valueSplice(text, pair, value, habit)],
  );
  const kept = map.items.findLastIndex((pair) => !gone.has(pair));
  if (kept < 0) {
    const [start, end] = map.range ?? [0, 0];
    const inside = added.join(', ');
    return [{ start, end, text: inside === '' ? '{}' : `{${habit.map}${inside}${habit.map}}` }];
  }
  const cuts = map.items.flatMap((pair, at): Splice[] => {
    if (!gone.has(pair) || at > kept) return [];
    return [{ start: startOf(pair), end: startOf(map.items[at + 1]), text: '' }];
  });
  const after = endOf(map.items[kept]);
  const last = map.items.at(-1);
  const before = spaceBefore(text, startOf(map.items[kept]));
  const tail = {
    start: after,
    end: kept === map.items.length - 1 ? after : endOf(last),
    text: added.map((entry) => `,${before}${entry}`).join(''),
  };
  return [...cuts, ...replaced, ...(tail.text === '' && tail.end === tail.start ? [] : [tail])];
}

/** A new entry stands as the last one does: on a line of its own, or beside it. */
function spaceBefore(text: string, start: number): string {
  const indent = text.slice(lineStart(text, start), start);
  if (indent.trim() !== '' || start === indent.length) return ' ';
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}`;
}

function blockSplices(text: string, map: YAMLMap, edits: readonly KeyEdit[], habit: FlowHabit): (Splice | undefined)[] {
  const [first] = map.items;
  const firstLine = lineStart(text, startOf(first));
  const indent = text.slice(firstLine, startOf(first));
  if (indent.trim() !== '' || edits.filter(({ value }) => value === undefined).length >= map.items.length) return [undefined];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const added = edits.filter(({ pair }) => pair === undefined).map(({ key, value }) => `${indent}${entryText(key, value, habit)}${eol}`);
  const end = lineEnd(text, endOf(map.items.at(-1)));
  const isOpen = end > 0 && text[end - 1] !== '\n';
  return [
    ...edits.flatMap(({ pair, value }) => {
      if (pair === undefined) return [];
      if (value !== undefined) return [valueSplice(text, pair, value, habit)];
      return [{ start: withOwnComment(text, pair === first, startOf(pair)), end: lineEnd(text, endOf(pair)), text: '' }];
    }),
    ...(added.length === 0 ? [] : [{ start: end, end, text: `${isOpen ? eol : ''}${added.join('')}` }]),
  ];
}

/** From the colon on, where what was there stands on lines of its own; or nothing did. */
function valueSplice(text: string, { key, value: before }: Pair, value: unknown, habit: FlowHabit): Splice | undefined {
  const colon = text.indexOf(':', isScalar(key) ? key.range?.[1] : undefined);
  const put = flowText(value, habit);
  if (!isScalar(before) && !isCollection(before)) return undefined;
  const [start, end] = before.range ?? [0, 0];
  if (colon < 0 || before.anchor !== undefined) return undefined;
  if (start === end) return { start: colon + 1, end: colon + 1, text: ` ${put}` };
  if (!text.slice(colon, endOf({ key, value: before } as Pair)).includes('\n')) return { start, end, text: put };
  const last = endOf({ key, value: before } as Pair);
  return { start: colon + 1, end: text[last - 1] === '\n' ? last - 1 : last, text: ` ${put}` };
}

/** A comment right above belongs to a key; what stands above the first one is about all of them. */
function withOwnComment(text: string, isFirst: boolean, start: number): number {
  let at = lineStart(text, start);
  if (isFirst) return at;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^\s*#/.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}

function startOf(pair: Pair | undefined): number {
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? 0;
}

/** Of the last letter that is no blank and no comment behind it. */
function endOf(pair: Pair | undefined): number {
  const { key, value } = pair ?? {};
  if (isCollection(value) && value.flow !== true && value.items.length > 0) {
    const last = value.items.at(-1);
    return endOf(isMap(value) ? (last as Pair) : ({ key, value: last } as Pair));
  }
  const ends = [key, value].flatMap((node) => (isScalar(node) || isCollection(node) ? (node.range?.[1] ?? []) : []));
  return Math.max(0, ...ends);
}

function lineStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the end of its line. */
function lineEnd(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at;
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found + 1;
}

import { type Document, isCollection, isMap, type ParsedNode, visit } from 'yaml';

/** What stands inside of the brackets of maps and lists. */
export interface FlowHabit {
  map: '' | ' ';
  list: '' | ' ';
  /** all of it is JSON, and other programs read it as that */
  isJson?: true;
}

/** How a person writes maps and lists on one line, by the first of each; `{ a: [x] }` where there is none. */
export function flowHabit(text: string, document: Document<ParsedNode> | Document.Parsed): FlowHabit {
  const found: { map?: '' | ' '; list?: '' | ' ' } = {};
  visit(document as Document, {
    Collection: (_, node) => {
      if (!isCollection(node) || node.flow !== true || node.items.length === 0 || node.range == null) return undefined;
      found[isMap(node) ? 'map' : 'list'] ??= /\s/.test(text[node.range[0] + 1] ?? '') ? ' ' : '';
      return found.map !== undefined && found.list !== undefined ? visit.BREAK : undefined;
    },
  });
  return { map: found.map ?? ' ', list: found.list ?? '', ...(isJson(text) ? { isJson: true } : {}) };
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text) || !text.includes('"')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A value on one line. What is not plainly a word comes in quotes: YAML 1.1 takes a MAC address for a time of day, and a serial number for a
 * number. Pure.
 */
export function flowText(value: unknown, habit: FlowHabit): string {
  if (typeof value === 'string') return habit.isJson === true ? JSON.stringify(value) : isWord(value) ? value : quoted(value);
  if (typeof value !== 'object' || value === null) return String(value ?? null);
  if (Array.isArray(value)) {
    const items = value.map((item) => flowText(item, habit)).join(', ');
    return items === '' ? '[]' : `[${habit.list}${items}${habit.list}]`;
  }
  const entries = Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [entryText(key, one, habit)]));
  return entries.length === 0 ? '{}' : `{${habit.map}${entries.join(', ')}${habit.map}}`;
}

/** `key: value` */
export function entryText(key: string, value: unknown, habit: FlowHabit): string {
  return `${habit.isJson === true ? JSON.stringify(key) : keyText(key)}: ${flowText(value, habit)}`;
}

export function keyText(key: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(key) && !isSwitch(key) ? key : quoted(key);
}

function isWord(text: string): boolean {
  return /^[a-z][a-z0-9@_-]*$/.test(text) && !isSwitch(text);
}

/** What a reader of YAML 1.1 takes for yes or no. */
function isSwitch(text: string): boolean {
  return /^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
}

function quoted(text: string): string {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

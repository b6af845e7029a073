import { type Document, isScalar, LineCounter } from 'yaml';
import { z } from 'zod';
import { issueWords } from '../domain/values/issue-words.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { nearestWord } from '../domain/values/nearest-word.ts';
import type { SettingsMistake } from './mistake.ts';
import { parsedYaml } from './parsed-yaml.ts';
import { placesIn } from './written-places.ts';
import { numbersWithZeros, parserMistake, strangeLetters } from './yaml-traps.ts';

export type SettingsOutcome<T> = { outcome: 'ok'; settings: T } | { outcome: 'wrong'; mistakes: SettingsMistake[] };

/** What a person wrote in a file of settings (YAML 1.2), by its schema. Pure. All mistakes are told at once, each with its line. */
export function settingsFromText<T>(text: string, schema: z.ZodType<T>): SettingsOutcome<T> {
  const located = locatedSettings(text, schema);
  if (located.outcome === 'wrong') return { outcome: 'wrong', mistakes: located.mistakes };
  const doubtful = doubtfulNumbers(text, schema);
  return doubtful.length === 0 ? { outcome: 'ok', settings: located.settings } : { outcome: 'wrong', mistakes: doubtful };
}

export type LocatedOutcome<T> =
  /** `lineOf`: where the last key of a path stands, or what is nearest above it; undefined for what was not written at all */
  | { outcome: 'ok'; settings: T; lineOf: (path: readonly PropertyKey[]) => number | undefined }
  /** `namesOthers`: a star stands for what is not in this text, or for too much */
  | { outcome: 'wrong'; mistakes: SettingsMistake[]; namesOthers?: true };

/** The same for files whose parts are judged against other files, and must say where they stand. */
export function locatedSettings<T>(text: string, schema: z.ZodType<T>): LocatedOutcome<T> {
  const lines = new LineCounter();
  const document = parsedYaml(text.replace(/^\uFEFF/, ''), lines);
  if (document.errors.length > 0) {
    return { outcome: 'wrong', mistakes: document.errors.map((error) => parserMistake(error, lines)) };
  }
  const trapped = strangeLetters(document, lines);
  if (trapped.length > 0) return { outcome: 'wrong', mistakes: trapped };
  const grown = growing(document);
  if (grown !== undefined)
    return { outcome: 'wrong', namesOthers: true, mistakes: [{ line: 1, message: `this is not read: ${grown}`, hint: undefined }] };
  const parsed = schema.safeParse(plain(document));
  const issues = parsed.success ? [] : parsed.error.issues;
  // a serial number of digits only is a number to YAML, and loses its leading zeros
  const isMended = issues.map((issue) => mendNumber(document, issue)).some((mended) => mended);
  const result = isMended ? schema.safeParse(plain(document)) : parsed;
  const places = placesIn(document);
  const lineOf = (path: readonly PropertyKey[]): number => lines.linePos(places(path).offset).line;
  if (result.success) return { outcome: 'ok', settings: result.data, lineOf: (path) => (places(path).isWhole ? lineOf(path) : undefined) };
  return {
    outcome: 'wrong',
    mistakes: result.error.issues
      .flatMap((issue) => mistakesOf(issue, schema, lineOf, document.getIn(issue.path)))
      .sort((a, b) => a.line - b.line),
  };
}

/** Numbers that YAML 1.1 and 1.2 read differently: a person means the one, and other programs read the other. What the schema takes as a text is none. */
function doubtfulNumbers(text: string, schema: z.ZodType): SettingsMistake[] {
  if (!/[:,[{-]\s+[-+]?0\d+\s*(?:$|[#,}\]])/m.test(text)) return [];
  const lines = new LineCounter();
  const document = parsedYaml(text, lines);
  for (const issue of schema.safeParse(plain(document)).error?.issues ?? []) mendNumber(document, issue);
  return numbersWithZeros(document, lines);
}

/** An empty file, or one of comments only, says nothing, and that is valid. */
function plain(document: Document): unknown {
  return document.toJS() ?? {};
}

/** Aliases of aliases of aliases: a page of text that would fill the RAM. */
function growing(document: Document): string | undefined {
  try {
    plain(document);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function mendNumber(document: Document, issue: z.core.$ZodIssue): boolean {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string') return false;
  const node = document.getIn(issue.path, true);
  if (!isScalar(node) || typeof node.value !== 'number' || node.source === undefined) return false;
  node.value = node.source;
  return true;
}

function mistakesOf(
  issue: z.core.$ZodIssue,
  whole: z.ZodType,
  lineOf: (path: readonly PropertyKey[]) => number,
  written: unknown,
): SettingsMistake[] {
  const name = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') {
    if (issue.code === 'invalid_type' && written === undefined && issue.path.length > 0) {
      const above = issue.path.slice(0, -1).map(String).join('.');
      const what = `${String(issue.path.at(-1))} is missing`;
      return [{ line: lineOf(issue.path), message: above === '' ? what : `${above}: ${what}`, hint: undefined }];
    }
    const where = name === '' ? 'the file' : name;
    return [{ line: lineOf(issue.path), message: `${where}: ${issueWords(issue)}`, hint: hintFor(issue, written) }];
  }
  const known = keysAt(whole, issue.path);
  return issue.keys.map((key) => {
    const meant = nearestWord(key, known);
    if (key === '<<')
      return { line: lineOf([...issue.path, key]), message: `${name}: "<<" merges maps in YAML 1.1 only`, hint: 'write the settings out' };
    const hint = meant === undefined ? `valid here: ${known.join(', ')}` : `did you mean "${meant}"?`;
    return { line: lineOf([...issue.path, key]), message: `${name === '' ? '' : `${name}: `}"${key}" is not a setting`, hint };
  });
}

/** What somebody wrote who is used to YAML 1.1, or to quotes around everything. */
function wordHint(expected: string, written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined;
  const word = written.trim().toLowerCase();
  if (expected === 'boolean') {
    const meant = { no: 'false', off: 'false', n: 'false', false: 'false', yes: 'true', on: 'true', y: 'true', true: 'true' }[word];
    return meant === undefined ? 'write true or false' : `write ${meant}, without quotes: "${written}" is a text to YAML 1.2`;
  }
  const isNumber = expected === 'number' || expected === 'int';
  if (isNumber && /^[-+]?\d+([.,]\d+)?$/.test(word)) return `write ${word.replace(',', '.')} without quotes: it is a text otherwise`;
  if (isNumber && /^\d+(:[0-5]?\d)+$/.test(word)) return `write a number: ${written} is one in sixties to YAML 1.1, and a text to YAML 1.2`;
  return isNumber ? 'write a number' : undefined;
}

function hintFor(issue: z.core.$ZodIssue, written: unknown): string | undefined {
  if (issue.code === 'invalid_type' && written === null && issue.path.length > 0 && issue.expected !== 'object')
    return 'it has no value: write one behind the colon, or take the line out';
  const hint = issue.code === 'invalid_type' ? wordHint(issue.expected, written) : undefined;
  if (hint !== undefined) return hint;
  // else the sentence has them
  if (issue.code === 'invalid_value' && issueWords(issue) === issue.message) return `valid: ${issue.values.map(String).join(', ')}`;
  if (issue.code !== 'invalid_type' || issue.expected !== 'object') return undefined;
  return issue.path.length === 0
    ? 'write one setting per line, as in "site: hall-3"'
    : 'indent its settings below it, or take the line out';
}

interface ObjectSchema {
  properties?: Record<string, ObjectSchema>;
  /** of what has names that a person chose */
  additionalProperties?: ObjectSchema | boolean;
  items?: ObjectSchema;
  anyOf?: ObjectSchema[];
  oneOf?: ObjectSchema[];
}

/** The keys that are valid in the object at a path; of alternatives those of each. */
function keysAt(whole: z.ZodType, path: readonly PropertyKey[]): string[] {
  let found = alternatives(z.toJSONSchema(whole, { io: 'input' }) as ObjectSchema);
  for (const key of path) found = found.flatMap((schema) => alternatives(childOf(schema, key)));
  return [...new Set(found.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

function alternatives(schema: ObjectSchema | undefined): ObjectSchema[] {
  if (schema === undefined) return [];
  const { anyOf = [], oneOf = [] } = schema;
  return [schema, ...[...anyOf, ...oneOf].flatMap(alternatives)];
}

function childOf({ items, properties, additionalProperties }: ObjectSchema, key: PropertyKey): ObjectSchema | undefined {
  if (typeof key === 'number') return items;
  return properties?.[String(key)] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

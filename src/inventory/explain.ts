import type { Capture } from '../domain/capture.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { decodeText } from '../domain/values/text.ts';

/** A value of the record, and the first lines of the capture that say it: `raw/lsblk.out:4`. None where it was worked out of several. */
export interface Explained {
  /** below sections and without data: `memory.dimms[0].serial` */
  field: string;
  value: string | number | boolean;
  from: string[];
}

/**
 * From which file and line each value comes. The normaliser keeps no trail: a value is looked for in what the capture holds, as a word of its own, so that
 * short numbers may have several places and a value in another unit none.
 */
export function explain(
  record: Pick<NodeRecord, 'sections'>,
  capture: Pick<Capture, 'rawPaths' | 'output' | 'file' | 'index'>,
): Explained[] {
  const lines = linesOf(capture);
  const places = new Map<string, string[]>();
  const find = (value: string): string[] => {
    const known = places.get(value) ?? placesOf(value, lines);
    places.set(value, known);
    return known;
  };
  return Object.entries(record.sections).flatMap(([name, section]) => {
    const data: unknown = typeof section === 'object' && section !== null && 'data' in section ? section.data : undefined;
    return [...leaves(name, data)].map(([field, value]) => ({ field, value, from: typeof value === 'boolean' ? [] : find(String(value)) }));
  });
}

/** More places say no more. */
const MOST_PLACES = 3;

interface Line {
  place: string;
  text: string;
}

function linesOf(capture: Pick<Capture, 'rawPaths' | 'output' | 'file' | 'index'>): Line[] {
  const byFile = new Map(capture.index.commands.map(({ id, file }) => [file, id]));
  const raw = capture.rawPaths().flatMap((path) => {
    const id = byFile.get(path) ?? /^raw\/(.+)\.out$/.exec(path)?.[1];
    return id === undefined ? [] : [[path, capture.output(id)] as const];
  });
  const copied = (capture.index.files ?? []).map((path) => [`fs/${path}`, capture.file(path)] as const);
  return [...raw, ...copied].flatMap(([path, bytes]) =>
    decodeText(bytes)
      .split('\n')
      .map((text, at) => ({ place: `${path}:${at + 1}`, text: text.toLowerCase() })),
  );
}

function placesOf(value: string, lines: readonly Line[]): string[] {
  const word = value.toLowerCase();
  const found: string[] = [];
  for (const { place, text } of lines) {
    if (found.length === MOST_PLACES) break;
    if (hasWord(text, word)) found.push(place);
  }
  return found;
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

function* leaves(path: string, value: unknown): Generator<[string, string | number | boolean]> {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') yield [path, value];
  else if (Array.isArray(value)) for (const [at, item] of value.entries()) yield* leaves(`${path}[${at}]`, item);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* leaves(`${path}.${key}`, item);
}

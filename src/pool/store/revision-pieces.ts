import { textPieces } from '../../domain/values/text-pieces.ts';
import type { Revision } from './revision.ts';

/** A revision as JSON with an indent of one, its files behind all else, in pieces: the whole folder is in it, and machines ask meanwhile. Pure. */
export function* revisionPieces({ files, ...head }: Revision): Generator<string, void> {
  const text = JSON.stringify({ ...head, files: {} }, undefined, 1);
  yield text.slice(0, -EMPTY_END.length);
  let count = 0;
  for (const [path, content] of Object.entries(files)) {
    yield `${count === 0 ? '{' : ','}\n  ${JSON.stringify(path)}: "`;
    for (const piece of textPieces(content)) yield JSON.stringify(piece).slice(1, -1);
    yield '"';
    count += 1;
  }
  yield count === 0 ? `${EMPTY_END}\n` : '\n }\n}\n';
}

const EMPTY_END = '{}\n}';

import { type Document, isScalar, type LineCounter, type Scalar, visit, type YAMLParseError } from 'yaml';
import type { SettingsMistake } from './mistake.ts';

/** What a word processor makes of quotes, and blanks that look like blanks, are letters to YAML, and would become part of the value. */
export function strangeLetters(document: Document, lines: LineCounter): SettingsMistake[] {
  const found: SettingsMistake[] = [];
  visit(document, {
    Scalar: (_key, node) => {
      if (node.type !== 'PLAIN' || typeof node.value !== 'string') return;
      const said = trapIn(node.value);
      if (said === undefined) return;
      found.push({ line: lineOf(node, lines), message: `${node.value.slice(0, 60)} ${said[0]}`, hint: said[1] });
    },
  });
  return found;
}

function trapIn(value: string): readonly [message: string, hint: string] | undefined {
  if (/^[“”„‟‘’‚«»]|[“”‟’«»]$/.test(value)) return ['has typographic quotes', 'write straight ones, " or \', or none'];
  const unseen = /^[\u00a0\u2007\u202f\u200b-\u200f\u2060\ufeff]|[\u00a0\u2007\u202f\u200b-\u200f\u2060\ufeff]$/.exec(value)?.[0];
  if (unseen === undefined) return undefined;
  const code = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return [`has a letter at its end that is not seen (U+${code})`, 'delete it there, and type blanks anew'];
}

/** `0120` is octal to YAML 1.1, and a decimal number to YAML 1.2. */
export function numbersWithZeros(document: Document, lines: LineCounter): SettingsMistake[] {
  const found: SettingsMistake[] = [];
  visit(document, {
    Pair: (_key, { value: node }) => {
      if (!isScalar(node) || typeof node.value !== 'number' || !/^[-+]?0\d+$/.test(node.source ?? '')) return;
      const digits = (node.source ?? '').replace(/^([-+]?)0+(?=\d)/, '$1');
      const hint = `write ${digits}, or the number that you mean, without zeros in front`;
      found.push({ line: lineOf(node, lines), message: `${node.source} is octal to YAML 1.1, and ${digits} to YAML 1.2`, hint });
    },
  });
  return found;
}

const lineOf = ({ range }: Scalar, lines: LineCounter): number => lines.linePos(range?.[0] ?? 0).line;

/** The parser's words for what people write most, in ours. */
const WORDS: Readonly<Record<string, readonly [message: string | undefined, hint: string]>> = {
  TAB_AS_INDENT: [undefined, 'indent with blanks, not with tabs'],
  DUPLICATE_KEY: ['this key stands twice', 'take out the one that is not meant'],
  MULTIPLE_DOCS: ['a line --- begins another document', 'take the line out'],
  BLOCK_AS_IMPLICIT_KEY: [undefined, 'put quotes around a value that holds a colon and a blank; begin each setting on a line of its own'],
  BAD_SCALAR_START: [undefined, 'put quotes around the value: that letter has a meaning in YAML at its beginning'],
  UNEXPECTED_TOKEN: [undefined, 'put quotes around the whole value, or write quotes inside of it twice'],
  BAD_INDENT: [undefined, 'indent what belongs together by the same number of blanks'],
  MISSING_CHAR: [undefined, 'close each quote and bracket that is opened, and indent what belongs together by the same number of blanks'],
};

export function parserMistake(error: YAMLParseError, lines: LineCounter): SettingsMistake {
  const [message, hint] = WORDS[error.code] ?? [];
  return { line: lines.linePos(error.pos[0]).line, message: `this is not YAML: ${message ?? error.message.split('\n')[0] ?? ''}`, hint };
}

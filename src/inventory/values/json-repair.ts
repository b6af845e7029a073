/** What was wrong with a JSON text, and its value after that was set right. */
export interface RepairedJson {
  value: unknown;
  /** in words; empty where nothing was wrong */
  repairs: string[];
}

type Parse = (json: string) => unknown;

/**
 * Reads JSON that a tool printed. Set right is only what can be read in one way: text before and behind the document, escapes that JSON has not (lsblk writes
 * `\x20`), line ends inside of texts, commas with nothing behind them. A document that was cut off is none: nothing is closed for it. Undefined then.
 */
export function readJson(text: string, parse: Parse = JSON.parse): RepairedJson | undefined {
  const start = text.search(/[[{]/);
  if (start < 0) return undefined;
  try {
    return { value: parse(text.slice(start)), repairs: text.slice(0, start).trim() === '' ? [] : [AROUND] };
  } catch {
    return repair(text, parse);
  }
}

const AROUND = 'text around the document';

/** A message before the document may have brackets of its own; a part of a document that lost its beginning or end is none. */
function repair(text: string, parse: Parse): RepairedJson | undefined {
  const start = text.search(/[[{](?=\s*["{[\]}\d-])/);
  const document = start < 0 ? undefined : wholeDocument(text, start);
  if (document === undefined) return undefined;
  const [before, behind] = [text.slice(0, start).trim(), text.slice(start + document.length).trim()];
  if (/"\s*:|[\]},]\s*$/.test(before) || /^[,\]}:"]/.test(behind)) return undefined;
  const { json, repairs } = mended(document);
  try {
    return { value: parse(json), repairs: [...(before === '' && behind === '' ? [] : [AROUND]), ...repairs] };
  } catch {
    return undefined;
  }
}

/** Up to the bracket that closes the first one; undefined when there is none. */
function wholeDocument(text: string, start: number): string | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\[\s\S])*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth === 0 && token.length === 1) return text.slice(start, start + index + 1);
  }
  return undefined;
}

/** Texts and what stands between them, each by its own rules. */
function mended(json: string): { json: string; repairs: string[] } {
  const repairs = new Set<string>();
  const done = (what: string, by: string): string => {
    repairs.add(what);
    return by;
  };
  const texts = json.replaceAll(/"(?:[^"\\]|\\[\s\S])*"/g, (text) =>
    text
      .replaceAll(/\\x([0-9a-f]{2})/gi, (_, hex: string) => done('escapes that JSON has not', `\\u00${hex}`))
      .replaceAll(/\\(u(?![0-9a-f]{4})|[^"\\/bfnrtu])/gi, (_, letter: string) =>
        done('escapes that JSON has not', letter === '\n' ? ' ' : `\\\\${letter}`),
      )
      .replaceAll(/[\n\t]/g, () => done('control characters in texts', ' ')),
  );
  const plain = texts.replaceAll(/("(?:[^"\\]|\\[\s\S])*")|,(?=\s*[,\]}])|([[{])\s*,/g, (whole, text?: string, open?: string) => {
    if (text !== undefined) return whole;
    return done('commas with nothing behind them', open ?? '');
  });
  return { json: plain, repairs: [...repairs] };
}

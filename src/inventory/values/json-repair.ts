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
    return repair(text, start, parse);
  }
}

const AROUND = 'text around the document';

function repair(text: string, first: number, parse: Parse): RepairedJson | undefined {
  // a message before the document may have brackets of its own
  const atLines = [...text.matchAll(/^[ \t]*(?=[[{])/gm)].map(({ index, 0: blanks }) => index + blanks.length);
  for (const start of [...new Set([first, ...atLines.slice(0, MOST_STARTS)])]) {
    const document = wholeDocument(text, start);
    if (document === undefined) continue;
    const { json, repairs } = mended(document);
    const isAlone = text.slice(0, start).trim() === '' && text.slice(start + document.length).trim() === '';
    try {
      return { value: parse(json), repairs: [...(isAlone ? [] : [AROUND]), ...repairs] };
    } catch {}
  }
  return undefined;
}

const MOST_STARTS = 5;

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

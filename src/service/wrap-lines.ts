/** One column less than a text console has: some terminals break the line when the last one is filled. */
const COLUMNS = 79;
const INDENT = '  ';

/**
 * Breaks a text at blanks into lines of at most 79 columns; lines that continue one are indented further than it. A word longer than a line
 * is broken where the line ends. A text with newlines is several lines already.
 */
export function wrapLines(text: string): string[] {
  return text.split('\n').flatMap(wrapOne);
}

function wrapOne(text: string): string[] {
  if (text.length <= COLUMNS) return [text.trimEnd()];
  const lead = /^ */.exec(text)?.[0].slice(0, COLUMNS / 2) ?? '';
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  for (let word of text.trim().split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = lead + INDENT;
      isEmpty = true;
    }
    while (isEmpty && line.length + word.length > COLUMNS) {
      lines.push(line + word.slice(0, COLUMNS - line.length));
      word = word.slice(COLUMNS - line.length);
      line = lead + INDENT;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

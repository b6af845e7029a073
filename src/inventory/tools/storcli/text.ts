import { tableBelow } from '../../values/table-below.ts';

type Group = Record<string, unknown>;

/**
 * The text of storcli and perccli in the shape of `Controllers` of their JSON: one answer for each controller. Empty from any other text. Without `J` there
 * are the same names: `Key = value` lines and tables, below a heading that is underlined.
 */
export function storcliTextAnswers(text: string): Record<string, unknown>[] {
  // the groups of a controller have a line `Controller = 0` of their own
  const parts = text.split(/^(?=CLI Version = |Controller = \d+\s*\nStatus = )/m);
  return parts.filter((part) => /^(CLI Version|Controller) = /.test(part) && /^Status = \w/m.test(part)).map(readAnswer);
}

function readAnswer(text: string): Record<string, unknown> {
  // the heading of a group is a line that ends with a colon, and the next one underlines it
  const [head = '', ...groups] = text.split(/^(?=\S.* :\n=+\n)/m);
  const { Controller, Status, Description, ...facts } = keyValues(head);
  const data: Group = { ...facts };
  const details: Group[] = [];
  for (const group of groups) {
    const [title = '', , ...lines] = group.split('\n');
    const name = title.replace(/ :$/, '');
    const rows = tableRows(lines);
    if (name === 'Detailed Status') details.push(...rows);
    else place(data, name, rows.length > 0 ? rows : keyValues(lines.join('\n')));
  }
  return { 'Command Status': { Controller, Status, Description, 'Detailed Status': details }, 'Response Data': data };
}

/** In JSON the groups of a drive stand in one more: `Drive /c0/e252/s0 - Detailed Information`. */
function place(data: Group, name: string, content: unknown): void {
  const drive = /^(Drive \/c\d+(?:\/e\d+)?\/s\d+) (?:State|Device attributes|Policies\/Settings)$/.exec(name)?.[1];
  if (drive === undefined) {
    data[name] ??= content;
    return;
  }
  const key = `${drive} - Detailed Information`;
  const before = data[key];
  data[key] = { ...(typeof before === 'object' && !Array.isArray(before) ? before : {}), [name]: content };
}

function keyValues(text: string): Group {
  const found = [...text.matchAll(/^(\S[^=\n]*?) *=[ \t]*(.*)$/gm)].map(([, key = '', value = '']): [string, string] => [
    key,
    value.trim(),
  ]);
  return Object.fromEntries(found.reverse());
}

/** A table has a line of dashes above its heading, below it, and at its end. One that was cut off has the rows up to there. */
function tableRows(lines: readonly string[]): Group[] {
  const rulers = [...lines.entries()].filter(([, line]) => /^-{5,}\s*$/.test(line)).map(([at]) => at);
  const [top, below, end = lines.length] = rulers;
  const heading = top === undefined ? undefined : lines[top + 1];
  if (top === undefined || below !== top + 2 || heading === undefined) return [];
  return tableBelow(
    heading,
    lines.slice(below + 1, end).filter((line) => line.trim() !== ''),
  );
}

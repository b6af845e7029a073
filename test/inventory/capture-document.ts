import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../docs');

/** One example of docs/capture-examples.md. */
export interface CaptureExample {
  heading: string;
  /** the file that the heading names, below the capture directory */
  path: string;
  /** what the heading has in backticks behind it */
  calls: string[];
  /** by their paths in the capture directory */
  files: ReadonlyMap<string, Buffer>;
  /** path in the record → value, as JSON or else as text */
  values: ReadonlyMap<string, string>;
  /** what becomes of the file instead */
  state: string | undefined;
}

/** The examples of docs/capture-examples.md, in its order. */
export function captureExamples(): CaptureExample[] {
  const text = readFileSync(join(DOCS, 'capture-examples.md'), 'utf8');
  return text.split(/^### /m).slice(1).map(readExample);
}

/** One row of the tables of docs/capture.md that name files of `raw/`. */
export interface CaptureRow {
  /** `smartctl-<disk>` of `smartctl-<disk>.out` */
  files: string[];
  /** what the other cells have in backticks */
  spans: string[];
}

export function captureRows(): CaptureRow[] {
  return rowsOf(document().replace(NOT_ACCEPTED, ''));
}

/** The calls of the table of what is not accepted; `spans` leaves out what to take instead. */
export function refusedRows(): CaptureRow[] {
  return rowsOf(NOT_ACCEPTED.exec(document())?.[0] ?? '').map(({ files, spans }) => ({ files, spans: spans.slice(0, -1) }));
}

const NOT_ACCEPTED = /^\| file in `raw\/` \| not understood \|[\s\S]*?\n\n/m;

function document(): string {
  return readFileSync(join(DOCS, 'capture.md'), 'utf8');
}

function rowsOf(text: string): CaptureRow[] {
  return [...text.matchAll(/^\| (`[^|]*\.(?:out|bin)`[^|]*) \|(.*)$/gm)].map(([, files = '', rest = '']) => ({
    files: [...spansOf(files), ...spansOf(rest).filter((span) => span.endsWith('.out'))],
    spans: spansOf(rest.replaceAll(/without `[^`]*`/g, '')),
  }));
}

function readExample(section: string): CaptureExample {
  const [heading = ''] = section.split('\n');
  const [path = '', ...calls] = spansOf(heading);
  // what stands behind the next heading of a higher level is of another example
  const body = section.slice(heading.length).split(/^## /m)[0] ?? '';
  const files = new Map<string, Buffer>();
  let name = path;
  for (const paragraph of body.split(/\n\n(?=\S)|\n\n(?= {4})/)) {
    const lines = paragraph.split('\n').filter((line) => line !== '');
    const next = /^And `([^`]+)`:$/.exec(lines[0] ?? '')?.[1];
    if (next !== undefined) name = next;
    if (lines[0]?.startsWith('    ') !== true) continue;
    const before = files.get(name)?.toString() ?? '';
    const text = lines.map((line) => withTabs(name, line.slice(4))).join('\n');
    files.set(name, Buffer.from(`${before === '' ? '' : `${before}\n`}${text}\n`));
  }
  for (const [file, bytes] of files) if (file.endsWith('.bin')) files.set(file, Buffer.from(bytes.toString(), 'base64'));
  const values = [...body.matchAll(/^- `([^`]+)`: `(.*)`$/gm)].map(([, at = '', value = '']): [string, string] => [at, value]);
  const state = /^- ((?:used|empty|refused|not understood)(?:: .*)?)$/m.exec(body)?.[1];
  return { heading, path, calls, files, values: new Map(values), state };
}

/** Tools that indent do it by tabs. */
function withTabs(path: string, line: string): string {
  return path.endsWith('.out') ? line.replaceAll(/^( {8})+/g, (blanks) => '\t'.repeat(blanks.length / 8)) : line;
}

function spansOf(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
}

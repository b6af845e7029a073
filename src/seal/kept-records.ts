import { plainJson, plainJsonText } from '../domain/values/plain-json.ts';
import type { Spool } from '../platform/files/spool.ts';
import type { RecordText } from './text-of-record.ts';

/** The text of each record, for its own file and for its line of nodes.jsonl. */
export interface KeptRecords {
  add(record: RecordText): Promise<void>;
  /** as they came but that what steers a terminal is escaped, in the order in which they were added */
  files(): AsyncGenerator<Buffer>;
  /** the same on one line each, in which such a character is written out, because most programs that read lines print texts as they are */
  lines(): AsyncGenerator<Buffer>;
  /** of all lines, without anything between them */
  readonly lineBytes: number;
}

/** Keeps records in a spool. Nearly all are on one line as they come, and are kept once. */
export function keptRecords(spool: Spool): KeptRecords {
  const texts = spool.list();
  const onOneLine: boolean[] = [];
  let lineBytes = 0;
  return {
    add: async ({ json, isPlain, value }) => {
      const file = isPlain ? json : plainJsonText(json);
      const line = isPlain ? JSON.stringify(value) : plainJson(value);
      const bytes = Buffer.from(file);
      const lineOnly = line === file ? undefined : Buffer.from(line);
      await texts.add(bytes);
      if (lineOnly !== undefined) await texts.add(lineOnly);
      onOneLine.push(lineOnly === undefined);
      lineBytes += (lineOnly ?? bytes).length;
    },
    files: async function* () {
      for await (const [file] of pairs(texts.items(), onOneLine)) yield file;
    },
    lines: async function* () {
      for await (const [, line] of pairs(texts.items(), onOneLine)) yield line;
    },
    get lineBytes() {
      return lineBytes;
    },
  };
}

async function* pairs(texts: AsyncIterable<Buffer>, onOneLine: readonly boolean[]): AsyncGenerator<[file: Buffer, line: Buffer]> {
  let at = 0;
  let file: Buffer | undefined;
  for await (const text of texts) {
    if (file === undefined && onOneLine[at] === false) {
      file = text;
      continue;
    }
    yield [file ?? text, text];
    file = undefined;
    at += 1;
  }
}

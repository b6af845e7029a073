import { plainJson, plainJsonText } from '../domain/values/plain-json.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';
import type { Spool } from '../platform/files/spool.ts';

/** The text of each record, for its own file and for its line of nodes.jsonl. */
export interface KeptRecords {
  /** `value` is what the bytes are as JSON */
  add(bytes: Buffer, value: unknown): Promise<void>;
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
    add: async (bytes, value) => {
      const file = Buffer.from(plainJsonText(bytes.toString('utf8')));
      const line = Buffer.from(plainJson(visibleTexts(value)));
      const isLine = line.equals(file);
      await texts.add(file);
      if (!isLine) await texts.add(line);
      onOneLine.push(isLine);
      lineBytes += line.length;
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

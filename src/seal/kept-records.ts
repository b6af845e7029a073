import type { Spool } from '../platform/files/spool.ts';

/** The text of each record, for its own file and for its line of nodes.jsonl. */
export interface KeptRecords {
  /** `value` is what the bytes are as JSON */
  add(bytes: Buffer, value: unknown): Promise<void>;
  /** as they came, in the order in which they were added */
  files(): AsyncGenerator<Buffer>;
  /** the same on one line each */
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
      const line = Buffer.from(JSON.stringify(value));
      const isLine = line.equals(bytes);
      await texts.add(bytes);
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

import { CaptureLine, isCapturePath } from '../domain/capture.ts';

/** A longer line is left out: it would have to be held in memory as a whole. */
const MAX_LINE_BYTES = 24 * 1024 * 1024;

export type CapturedFile = { path: string; content: Buffer } | { fault: string };

/** The files in the bytes of a `capture.jsonl`, one at a time. A bad line is a fault, not an end. @throws what the bytes throw */
export async function* capturedFiles(unpacked: AsyncIterable<Buffer>): AsyncIterable<CapturedFile> {
  const seen = new Set<string>();
  let number = 0;
  for await (const line of linesOf(unpacked)) {
    number += 1;
    if (line === undefined) {
      yield { fault: `line ${number}: longer than ${MAX_LINE_BYTES} bytes` };
      continue;
    }
    if (line.length === 0) continue;
    const file = usualLine(line) ?? parseLine(line, number);
    if ('path' in file && seen.has(file.path)) yield { fault: `line ${number}: ${file.path} comes twice` };
    else yield file;
    if ('path' in file) seen.add(file.path);
  }
}

const [BEFORE_PATH, BEFORE_CONTENT, BEHIND] = ['{"path":"', '","base64":"', '"}'] as const;

/** A line as every peer writes it, which {@link CaptureLine} takes: to parse and check it takes as long as all else that is done with it. Undefined when it is otherwise. */
function usualLine(line: Buffer): CapturedFile | undefined {
  const text = line.toString('latin1');
  const middle = text.indexOf(BEFORE_CONTENT);
  if (middle === -1 || !text.startsWith(BEFORE_PATH) || !text.endsWith(BEHIND)) return undefined;
  const path = text.slice(BEFORE_PATH.length, middle);
  const content = decoded(text.slice(middle + BEFORE_CONTENT.length, -BEHIND.length));
  return content === undefined || !isCapturePath(path) ? undefined : { path, content };
}

/** Undefined when it is no base64 (RFC 4648, section 4). Node's decoder takes the letters of section 5 as well, and leaves out what is none. */
function decoded(base64: string): Buffer | undefined {
  if (base64.length % 4 !== 0 || base64.includes('-') || base64.includes('_')) return undefined;
  const content = Buffer.from(base64, 'base64');
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return content.length === (base64.length / 4) * 3 - padding ? content : undefined;
}

function parseLine(line: Buffer, number: number): CapturedFile {
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch {
    return { fault: `line ${number}: not JSON` };
  }
  const parsed = CaptureLine.safeParse(value);
  if (!parsed.success) return { fault: `line ${number}: ${parsed.error.issues[0]?.message ?? 'not a file'}` };
  return { path: parsed.data.path, content: Buffer.from(parsed.data.base64, 'base64') };
}

/** Lines without their newline; undefined for one that is too long. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer | undefined> {
  let parts: Buffer[] = [];
  let sizeBytes = 0;
  const keep = (part: Buffer): void => {
    sizeBytes += part.length;
    if (sizeBytes <= MAX_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  const take = (): Buffer | undefined => {
    const line = sizeBytes > MAX_LINE_BYTES ? undefined : Buffer.concat(parts);
    parts = [];
    sizeBytes = 0;
    return line;
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, at));
      from = at + 1;
      yield take();
    }
    keep(chunk.subarray(from));
  }
  if (sizeBytes > 0) yield take();
}

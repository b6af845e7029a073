import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { CaptureLine } from '../../src/domain/capture.ts';
import { type CapturedFile, capturedFiles } from '../../src/seal/capture-lines.ts';

const line = (path: string, base64: string): string => JSON.stringify({ path, base64 });

const LINES = [
  ...['', 'eA==', 'eHk=', 'eHl6', 'eHl6eA==', '+/+/'].map((base64) => line('raw/x.out', base64)),
  // what Node's decoder takes, and a schema does not
  ...['-_-_', 'eA', 'eA=', 'eA===', 'e A=', 'eA==eA==', 'eHl6=', 'é===', '====', 'eHl6\n'].map((base64) => line('raw/x.out', base64)),
  ...['../x', 'a//b', '/a', 'a b', 'ä', 'fs/dev/cciss!c0d0', 'a'.repeat(1025), ''].map((path) => line(path, 'eA==')),
  '{ "path": "raw/spaced.out", "base64": "eA==" }',
  '{"base64":"eA==","path":"raw/turned.out"}',
  '{"path":"raw/\\u0078.out","base64":"eA=="}',
  '{"path":"raw/slash.out","base64":"eHk\\u003d"}',
  '{"path":"raw/x.out","base64":"eA==","more":"eA=="}',
  '{"path":"raw/x.out","base64":"eA==","base64":"eHk="}',
  '{"path":"raw/x.out","base64":1}',
  'no json',
];

test('a line gives the file that its schema takes, or a fault, however it is written', async () => {
  for (const text of LINES) {
    const [found] = await filesOf(text);
    const parsed = CaptureLine.safeParse(jsonOrNothing(text));
    if (!parsed.success) assert.ok(found !== undefined && 'fault' in found, text);
    else assert.deepEqual(found, { path: parsed.data.path, content: Buffer.from(parsed.data.base64, 'base64') }, text);
  }
});

async function filesOf(text: string): Promise<CapturedFile[]> {
  const found: CapturedFile[] = [];
  for await (const file of capturedFiles(Readable.from([Buffer.from(text)]))) found.push(file);
  return found;
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

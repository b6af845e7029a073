import { join } from 'node:path';
import { argv, stdin, stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeAtomic } from '../../../platform/files/files.ts';
import { fileSize } from '../../../platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../platform/machine/raw-image.ts';
import { answerTo, parseRequestHead } from './answer-to.ts';

// A stand-in for a master, as a process for each connection of a machine without a network (QEMU's guestfwd): one HTTP request on stdin, its
// answer on stdout. Arguments: the root image, and the directory for what the machine delivers.

const CHUNK_BYTES = 1024 * 1024;
const [rootImagePath = '', directory = ''] = argv.slice(2);

const { head, body } = await readRequest();
const answer = answerTo(head, body, await fileSize(rootImagePath));
if (answer.keep !== undefined) await writeAtomic(join(directory, answer.keep), body);
await pipeline(Readable.from(bytesOf(answer)), stdout);

async function readRequest(): Promise<{ head: ReturnType<typeof parseRequestHead>; body: Buffer }> {
  let read = Buffer.alloc(0);
  for await (const chunk of stdin) {
    read = Buffer.concat([read, Buffer.from(chunk)]);
    const end = read.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const request = parseRequestHead(read.subarray(0, end).toString('latin1'));
    if (read.length >= end + 4 + request.contentBytes)
      return { head: request, body: read.subarray(end + 4, end + 4 + request.contentBytes) };
  }
  throw new Error('the connection ended within a request');
}

async function* bytesOf({ headText, text, image }: ReturnType<typeof answerTo>): AsyncGenerator<Buffer> {
  yield Buffer.from(headText + text, 'utf8');
  if (image === undefined) return;
  await using file = await openRawImage(rootImagePath, 'read');
  for (let at = image.fromBytes; at < image.endBytes; at += CHUNK_BYTES)
    yield await file.read(at, Math.min(CHUNK_BYTES, image.endBytes - at));
}

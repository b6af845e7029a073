import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { atMinimumRate, limitedTo, soundGzip } from '../../../src/master/http/incoming-body.ts';
import { chunksOf } from '../fixture-records.ts';

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

it('passes what is not too large, to the byte', async () => {
  assert.equal((await drain(limitedTo(5000, chunksOf('x'.repeat(5000))))).length, 5000);
  await assert.rejects(drain(limitedTo(4999, chunksOf('x'.repeat(5000)))), { code: 'body-too-large' });
});

it('passes sound gzip unchanged', async () => {
  const gzipped = gzipSync('line\n'.repeat(100_000));
  assert.deepEqual(await drain(soundGzip(1_000_000, chunksOf(gzipped, 100))), gzipped);
});

it('refuses a bomb, cut gzip and plain text', async () => {
  const gzipped = gzipSync(Buffer.alloc(10_000_000));
  await assert.rejects(drain(soundGzip(1_000_000, chunksOf(gzipped, 100))), { code: 'body-too-large' });
  await assert.rejects(drain(soundGzip(100_000_000, chunksOf(gzipSync('line\n'.repeat(100_000)).subarray(0, -20), 100))), {
    code: 'body-malformed',
  });
  await assert.rejects(drain(soundGzip(1_000_000, chunksOf('plain text'))), { code: 'body-malformed' });
  // far below the limit, and yet nothing but a bomb
  await assert.rejects(drain(soundGzip(100_000_000, chunksOf(gzipSync(Buffer.alloc(20_000_000)), 100))), { code: 'body-too-large' });
});

it('passes a body that comes steadily, and gives up on one that does not', async () => {
  assert.equal((await drain(atMinimumRate({ graceMs: 50, slowestBytesPerSecond: 1 }, chunksOf('x'.repeat(5000))))).length, 5000);
  async function* stalled(): AsyncIterable<Buffer> {
    yield Buffer.from('x');
    await new Promise(() => {});
  }
  await assert.rejects(drain(atMinimumRate({ graceMs: 20, slowestBytesPerSecond: 1000 }, stalled())), {
    code: 'too-slow',
    httpStatus: 408,
  });
});

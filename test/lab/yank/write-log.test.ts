import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWriteLog } from '../../../src/lab/yank/write-log.ts';
import { logOf } from './synthetic-log.ts';

const bytes = (log: Buffer) => ({ read: async (at: number, size: number) => log.subarray(at, at + size) });

test('requests are read in their order, with the place of their bytes', async () => {
  const log = logOf([
    { sector: 3, data: Buffer.alloc(1024, 'a') },
    { flag: 'flush' },
    { flag: 'discard', sector: 8, sectors: 16 },
    { sector: 2048, data: Buffer.alloc(512, 'b') },
  ]);
  assert.deepEqual(await readWriteLog(bytes(log)), [
    { kind: 'write', offsetBytes: 3 * 512, sizeBytes: 1024, dataAt: 1024 },
    { kind: 'flush', offsetBytes: 0, sizeBytes: 0, dataAt: 5 * 512 },
    { kind: 'discard', offsetBytes: 8 * 512, sizeBytes: 16 * 512, dataAt: 6 * 512 },
    { kind: 'write', offsetBytes: 2048 * 512, sizeBytes: 512, dataAt: 7 * 512 },
  ]);
});

test('a file that is no log, or is cut short, is told', async () => {
  await assert.rejects(readWriteLog(bytes(Buffer.alloc(4096))), { code: 'lab-failed' });
  await assert.rejects(readWriteLog(bytes(Buffer.alloc(0))), { code: 'lab-failed' });
  const log = logOf([{ sector: 0, data: Buffer.alloc(512) }, { flag: 'flush' }]);
  await assert.rejects(readWriteLog(bytes(log.subarray(0, 3 * 512))), { code: 'lab-failed', message: /ends after 1 of 2/ });
});

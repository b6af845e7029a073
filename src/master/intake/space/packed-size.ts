import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const pack = promisify(gzip);

/** How many bytes are left of something when it is gzipped at level 1. */
export async function packedSize(bytes: Uint8Array): Promise<number> {
  return (await pack(bytes, { level: 1 })).length;
}

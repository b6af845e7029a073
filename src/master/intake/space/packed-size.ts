import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { visibleText } from '../../../domain/values/visible-text.ts';

const pack = promisify(gzip);

/** How many bytes are left of a record, as a tarball writes it down, when it is gzipped at level 1. */
export async function packedRecordSize(bytes: Buffer): Promise<number> {
  return (await pack(visibleText(bytes.toString('utf8')), { level: 1 })).length;
}

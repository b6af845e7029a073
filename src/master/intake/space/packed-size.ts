import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { visibleText } from '../../../domain/values/visible-text.ts';

const pack = promisify(gzip);

/** How many bytes are left of a record, as a tarball writes it down, when it is gzipped at level 1. `isVisible`: nothing in it is written down otherwise. */
export async function packedRecordSize(bytes: Buffer, isVisible = false): Promise<number> {
  return (await pack(isVisible ? bytes : visibleText(bytes.toString('utf8')), { level: 1 })).length;
}

import { gunzipSync } from 'node:zlib';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { run } from '../../../platform/process/command.ts';

const MINUTE_MS = 60_000;

/** What a kernel module says it was made for (`vermagic=` of its .modinfo), as `6.12.117+deb13-amd64 SMP …`; undefined when it does not say. */
export async function moduleVermagic(path: string): Promise<string | undefined> {
  const bytes = await moduleBytes(path);
  const at = bytes?.indexOf('\0vermagic=') ?? -1;
  if (bytes === undefined || at < 0) return undefined;
  const start = at + '\0vermagic='.length;
  return bytes.subarray(start, bytes.indexOf(0, start)).toString('latin1');
}

/** A module as the kernel wants it, unpacked; undefined when it cannot be read. */
export async function moduleBytes(path: string): Promise<Buffer | undefined> {
  const unpackers: Readonly<Record<string, string>> = { xz: 'xz', zst: 'zstd' };
  const ending = /\.ko\.([a-z]+)$/.exec(path)?.[1];
  if (ending !== undefined && unpackers[ending] !== undefined) {
    const result = await run([unpackers[ending], '-dc', path], { timeoutMs: MINUTE_MS, keepFinalNewline: true });
    return result.status === 'ok' ? result.stdout : undefined;
  }
  const bytes = await readOrUndefined(path);
  return ending === 'gz' && bytes !== undefined ? gunzipSync(bytes) : bytes;
}

import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';

/** The files of a gzipped tarball, in its order. */
export async function tarballFiles(gzipped: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const archive = extract();
  archive.end(gunzipSync(gzipped));
  for await (const entry of archive) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    files.set(entry.header.name, Buffer.concat(parts));
  }
  return files;
}

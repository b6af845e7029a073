import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { CAPTURE_FILE, RECORD_FILE } from '../../../src/records/revisions.ts';

/**
 * A tarball with the same records and captures, each record twice as in ours, and a hash of each file, as anybody would write it with tar-stream. Without looking at
 * a record: no report, no table, no finding.
 */
export async function plainTarball(path: string, machines: readonly { mac: string; directory: string }[]): Promise<void> {
  const archive = pack();
  const written = pipeline(archive as unknown as NodeJS.ReadableStream, createGzip({ level: 6 }), createWriteStream(path));
  const hashes: string[] = [];
  const add = async (name: string, content: Buffer): Promise<void> => {
    hashes.push(createHash('sha256').update(content).digest('hex'));
    await new Promise<void>((resolve, reject) => {
      archive.entry({ name }, content, (error) => (error ? reject(error) : resolve()));
    });
  };
  const records: Buffer[] = [];
  for (const { directory } of machines) records.push(await readFile(join(directory, RECORD_FILE)));
  await add('nodes.jsonl', Buffer.concat(records));
  for (const [at, { mac, directory }] of machines.entries()) {
    await add(`nodes/${mac}/node.json`, records[at] ?? Buffer.alloc(0));
    const lines = gunzipSync(await readFile(join(directory, CAPTURE_FILE)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean);
    for (const line of lines) {
      const { path: file, base64 } = JSON.parse(line) as { path: string; base64: string };
      await add(`nodes/${mac}/capture/${file}`, Buffer.from(base64, 'base64'));
    }
  }
  await add('manifest.json', Buffer.from(JSON.stringify(hashes)));
  archive.finalize();
  await written;
}

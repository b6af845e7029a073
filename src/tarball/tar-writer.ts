import { createHash, type Hash, hash } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { tarTime } from '../domain/values/tar-time.ts';
import { pipeInBlocks } from './pipe-in-blocks.ts';

/** An entry's row in the tarball's manifest. */
export interface TarEntry {
  name: string;
  sizeBytes: number;
  sha256: string;
}

export interface TarWriter {
  /** a file that fits in memory; its bytes are not changed afterwards */
  add(name: string, content: Buffer): Promise<void>;
  /**
   * a file in pieces, which are asked for once and not changed afterwards
   * @throws Error when they are not as many bytes as the tar header in front of them says
   */
  addPieces(name: string, sizeBytes: number, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** what was added so far */
  readonly entries: readonly TarEntry[];
  finish(): void;
  /** gives up; whoever waits for an entry or the output gets an error */
  abort(): void;
  readonly aborted: boolean;
  /** the gzipped archive; must be read while entries are added */
  readonly output: AsyncIterable<Uint8Array>;
}

/** What is packed comes out in pieces of this size. */
const PACKED_BYTES = 128 * 1024;

/** A .tar.gz that is written as it is read; memory holds a megabyte of it. */
export function tarWriter(modified: Date): TarWriter {
  const archive = pack();
  const gzip = createGzip({ level: 6, chunkSize: PACKED_BYTES });
  pipeInBlocks(archive as AsyncIterable<Uint8Array>, gzip).catch((error: Error) => gzip.destroy(error));
  // whoever waits for an entry is told why
  gzip.on('close', () => archive.destroy(gzip.errored));
  gzip.on('error', () => {});
  archive.on('error', () => {});
  const entries: TarEntry[] = [];
  const headerOf = (name: string, size: number) => ({ name, size, mtime: tarTime(modified), mode: 0o644 });
  return {
    add: async (name, content) => {
      await new Promise<void>((resolve, reject) => {
        archive.entry(headerOf(name, content.length), content, (error) => (error ? reject(error) : resolve())).on('error', reject);
      });
      entries.push({ name, sizeBytes: content.length, sha256: hash('sha256', content) });
    },
    addPieces: async (name, sizeBytes, pieces) => {
      const sum = createHash('sha256');
      await new Promise<void>((resolve, reject) => {
        const sink = archive.entry(headerOf(name, sizeBytes), (error) => (error ? reject(error) : resolve()));
        sink.on('error', reject);
        void writePieces(sink, pieces, sum).catch(reject);
      });
      entries.push({ name, sizeBytes, sha256: sum.digest('hex') });
    },
    get entries() {
      return entries;
    },
    finish: () => archive.finalize(),
    abort: () => void gzip.destroy(new Error('the archive was given up')),
    get aborted() {
      return gzip.destroyed;
    },
    output: gzip,
  };
}

async function writePieces(sink: NodeJS.WritableStream, pieces: AsyncIterable<Uint8Array>, sum: Hash): Promise<void> {
  for await (const piece of pieces) {
    sum.update(piece);
    // waits for each piece to be taken, so that only one is in memory
    await new Promise<void>((resolve) => {
      if (sink.write(piece)) resolve();
      else sink.once('drain', resolve);
    });
  }
  sink.end();
}

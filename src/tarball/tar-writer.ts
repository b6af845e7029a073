import { createHash, type Hash } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { tarTime } from '../domain/values/tar-time.ts';

/** An entry's row in the tarball's manifest. */
export interface TarEntry {
  name: string;
  sizeBytes: number;
  sha256: string;
}

export interface TarWriter {
  /** a file that fits in memory */
  add(name: string, content: Buffer): Promise<void>;
  /**
   * a file in pieces, which are asked for once
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

/** A .tar.gz that is written as it is read; memory holds one piece. */
export function tarWriter(modified: Date): TarWriter {
  const archive = pack();
  const gzip = createGzip({ level: 6 });
  // streamx streams are no Node streams to the types, but pipe to them
  archive.on('error', (error) => gzip.destroy(error));
  (archive as unknown as NodeJS.ReadableStream).pipe(gzip);
  gzip.on('close', () => archive.destroy());
  gzip.on('error', () => {});
  const entries: TarEntry[] = [];

  const addPieces = async (name: string, sizeBytes: number, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    const hash = createHash('sha256');
    await new Promise<void>((resolve, reject) => {
      const header = { name, size: sizeBytes, mtime: tarTime(modified), mode: 0o644 };
      const sink = archive.entry(header, (error) => (error ? reject(error) : resolve()));
      sink.on('error', reject);
      void writePieces(sink, pieces, hash).catch(reject);
    });
    entries.push({ name, sizeBytes, sha256: hash.digest('hex') });
  };
  return {
    add: (name, content) => addPieces(name, content.length, onePiece(content)),
    addPieces,
    get entries() {
      return entries;
    },
    finish: () => archive.finalize(),
    abort: () => {
      gzip.destroy(new Error('the archive was given up'));
      archive.destroy();
    },
    get aborted() {
      return gzip.destroyed;
    },
    output: gzip,
  };
}

async function* onePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

async function writePieces(sink: NodeJS.WritableStream, pieces: AsyncIterable<Uint8Array>, hash: Hash): Promise<void> {
  for await (const piece of pieces) {
    hash.update(piece);
    // waits for each piece to be taken, so that only one is in memory
    await new Promise<void>((resolve) => {
      if (sink.write(piece)) resolve();
      else sink.once('drain', resolve);
    });
  }
  sink.end();
}

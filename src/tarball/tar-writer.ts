import { createHash } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** An entry's row in the tarball's manifest. */
export interface TarEntry {
  name: string;
  sizeBytes: number;
  sha256: string;
}

export interface TarWriter {
  /** a file that fits in memory */
  add(name: string, content: Buffer): Promise<void>;
  /** a file in pieces; they are made twice, because a tar header wants the size first */
  addPieces(name: string, pieces: () => AsyncIterable<Buffer>): Promise<void>;
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

  const addPieces = async (name: string, pieces: () => AsyncIterable<Buffer>): Promise<void> => {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const piece of pieces()) {
      hash.update(piece);
      sizeBytes += piece.length;
    }
    entries.push({ name, sizeBytes, sha256: hash.digest('hex') });
    await new Promise<void>((resolve, reject) => {
      const header = { name, size: sizeBytes, mtime: modified, mode: 0o644 };
      const sink = archive.entry(header, (error) => (error ? reject(error) : resolve()));
      void writePieces(sink, pieces()).catch(reject);
    });
  };
  return {
    add: (name, content) =>
      addPieces(name, async function* () {
        yield content;
      }),
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

async function writePieces(sink: NodeJS.WritableStream, pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of pieces) {
    // waits for each piece to be taken, so that only one is in memory
    await new Promise<void>((resolve) => {
      if (sink.write(piece)) resolve();
      else sink.once('drain', resolve);
    });
  }
  sink.end();
}

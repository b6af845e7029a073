import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import fc from 'fast-check';

/** `make fuzz` asks for more, from another seed each time, and keeps what it finds. */
const RUNS = Number(process.env['RECON_FUZZ_RUNS'] ?? 1000);
const SEED = Number(process.env['RECON_FUZZ_SEED'] ?? 20_261_129);
const KEEPS = process.env['RECON_FUZZ_KEEP'] === '1';
const CORPUS = join(import.meta.dirname, 'corpus');
/** Of processor time, not of the clock: a busy machine stretches only the latter. */
const LONGEST_CPU_MS = 1000;

/**
 * Two tests of one reader of foreign bytes: everything in its corpus, which every bug that was found is a file of, and inputs made from `seeds`
 * by damage. `read` throws when the reader did what it must not.
 */
export function fuzzTarget(name: string, { seeds, read }: { seeds: readonly Uint8Array[]; read: (bytes: Buffer) => void }): void {
  const directory = join(CORPUS, name);
  const files = readdirSync(directory).sort();
  test(`${name}: the ${files.length} inputs of its corpus`, () => {
    for (const file of files) within(readFileSync(join(directory, file)), read);
  });
  test(`${name}: damaged inputs`, () => {
    const property = fc.property(damaged([...seeds, ...files.map((file) => readFileSync(join(directory, file)))]), (bytes) => {
      try {
        within(bytes, read);
      } catch (error) {
        if (KEEPS) keep(directory, bytes);
        throw error;
      }
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
}

function within(bytes: Buffer, read: (bytes: Buffer) => void): void {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  read(bytes);
  // asking for the processor time is dear, and what was quick by the clock was quick
  if (performance.now() - startedMs < LONGEST_CPU_MS) return;
  const { user, system } = process.cpuUsage(before);
  if (user + system > LONGEST_CPU_MS * 1000) throw new Error(`${Math.round((user + system) / 1000)} ms for ${bytes.length} bytes`);
}

/** A seed with up to four changes: bits, bytes, pieces left out, doubled, put in, or of another seed; or noise alone. */
function damaged(seeds: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  const change = fc.record({
    kind: fc.constantFrom('flip', 'set', 'cut', 'double', 'insert', 'splice', 'repeat', 'number'),
    // without bias: fast-check prefers small numbers, and all damage would be at the beginning
    at: fc.noBias(fc.nat(99_999)).map((number) => number / 100_000),
    size: fc.nat(40),
    value: fc.constantFrom(...Buffer.from(' "./:\\-,09af\n'), 0, 1, 0x7f, 0x80, 0xff),
    noise: fc.uint8Array({ maxLength: 30 }),
    other: fc.nat(),
  });
  const made = fc.tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 4 })).map(([seed, changes]) => {
    let bytes = Buffer.from(seed);
    for (const { kind, at, size, value, noise, other } of changes) {
      const place = Math.floor(at * (bytes.length + 1));
      const [head, piece, tail] = [bytes.subarray(0, place), bytes.subarray(place, place + size), bytes.subarray(place + size)];
      if (kind === 'flip' || kind === 'set') {
        bytes = Buffer.from(bytes);
        if (place < bytes.length) bytes[place] = kind === 'set' ? value : (bytes[place] ?? 0) ^ (1 << (size & 7));
      } else if (kind === 'cut') bytes = Buffer.concat([head, tail]);
      else if (kind === 'double') bytes = Buffer.concat([head, piece, piece, tail]);
      else if (kind === 'insert') bytes = Buffer.concat([head, noise, piece, tail]);
      else if (kind === 'number') bytes = Buffer.concat([head, Buffer.from(String(other)), piece, tail]);
      else if (kind === 'splice') bytes = Buffer.concat([head, Buffer.from(seeds[other % seeds.length] ?? []).subarray(size)]);
      else bytes = Buffer.concat([head, Buffer.alloc(size * 200, value), piece, tail]);
    }
    return bytes;
  });
  return fc.oneof(
    { weight: 9, arbitrary: made },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 1600 }).map((bytes) => Buffer.from(bytes)) },
  );
}

function keep(directory: string, bytes: Buffer): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, createHash('sha256').update(bytes).digest('hex').slice(0, 12)), bytes);
}
